using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Catalogue;

/// <summary>Catalogue editions, in the books.</summary>
internal sealed class CatalogueStore : ICatalogueStore
{
    private readonly ParsedBodies<CatalogueEdition> _parsed = new();

    public async Task<CatalogueEdition?> InForceAsync(
        ITransaction transaction,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var code = await transaction.FirstOrDefaultAsync<string>(
            """
            select code from catalogue_edition where effective_from <= @day order by effective_from desc limit 1
            """,
            new { day },
            cancellationToken
        );
        return code is null ? null : await FindAsync(transaction, code, cancellationToken);
    }

    public async Task<CatalogueEdition?> FindAsync(
        ITransaction transaction,
        string code,
        CancellationToken cancellationToken
    )
    {
        var body = await transaction.FirstOrDefaultAsync<string>(
            "select body from catalogue_edition where code = @code",
            new { code },
            cancellationToken
        );
        return body is null ? null : _parsed.Read(code, body);
    }

    public async Task<IReadOnlyList<CatalogueEdition>> AllAsync(
        ITransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            "select code, body from catalogue_edition order by effective_from",
            null,
            cancellationToken
        );
        return [.. rows.Select(r => _parsed.Read(r.Code, r.Body))];
    }

    public Task AddAsync(ITransaction transaction, CatalogueEdition edition, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            "insert into catalogue_edition (code, effective_from, body) values (@Code, @EffectiveFrom, @Body)",
            new
            {
                edition.Code,
                edition.EffectiveFrom,
                Body = Json.Write(edition),
            },
            cancellationToken
        );

    private sealed class Row
    {
        public string Code { get; init; } = "";
        public string Body { get; init; } = "";
    }
}

/// <summary>Provider contracts, in the books.</summary>
internal sealed class ContractStore : IContractStore
{
    private readonly ParsedBodies<Contract> _parsed = new();

    public async Task<Contract?> FindAsync(ITransaction transaction, string number, CancellationToken cancellationToken)
    {
        var body = await transaction.FirstOrDefaultAsync<string>(
            "select body from contract where number = @number",
            new { number },
            cancellationToken
        );
        return body is null ? null : _parsed.Read(number, body);
    }

    public async Task<IReadOnlyList<Contract>> LiveAsync(
        ITransaction transaction,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            "select number, body from contract where from_day <= @day and until_day > @day order by number",
            new { day },
            cancellationToken
        );
        return [.. rows.Select(r => _parsed.Read(r.Number, r.Body))];
    }

    public async Task<IReadOnlyList<Contract>> AllAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await transaction.QueryAsync<Row>(
            "select number, body from contract order by from_day, number",
            null,
            cancellationToken
        );
        return [.. rows.Select(r => _parsed.Read(r.Number, r.Body))];
    }

    public Task AddAsync(ITransaction transaction, Contract contract, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into contract (number, provider, from_day, until_day, body)
            values (@Number, @Provider, @From, @Until, @Body)
            """,
            new
            {
                contract.Number,
                contract.Provider,
                contract.From,
                contract.Until,
                Body = Json.Write(contract),
            },
            cancellationToken
        );

    private sealed class Row
    {
        public string Number { get; init; } = "";
        public string Body { get; init; } = "";
    }
}
