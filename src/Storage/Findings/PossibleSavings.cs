using System.Globalization;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Findings;

/// <summary>What systems could save, in the books.</summary>
internal sealed class PossibleSavings : IPossibleSavings
{
    private const decimal FenOfYuan = 100m;

    public async Task ReplaceAsync(
        ITransaction transaction,
        IReadOnlyList<PossibleSaving> savings,
        CancellationToken cancellationToken
    )
    {
        await transaction.ExecuteAsync("delete from system_saving", null, cancellationToken);
        foreach (var saving in savings)
        {
            await transaction.ExecuteAsync(
                """
                insert into system_saving (system, tenant, region, until_day, saving_fen, enough, changes, left_out)
                values (@System, @Tenant, @Region, @Until, @Fen, @Enough, @Changes, @LeftOut)
                """,
                new
                {
                    saving.System,
                    saving.Tenant,
                    saving.Region,
                    saving.Until,
                    Fen = (long)(saving.Saving * FenOfYuan),
                    saving.Enough,
                    saving.Changes,
                    saving.LeftOut,
                },
                cancellationToken
            );
        }
    }

    public async Task<Page<PossibleSaving>> ListAsync(
        ITransaction transaction,
        SavingFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var (fen, system) = Read(page.After);
        var where = new Where("(saving_fen < @Fen or (saving_fen = @Fen and system > @System))")
            .And("region = @Region", filter.Region)
            .And("tenant = @Tenant", filter.Tenant);
        var rows = await transaction.QueryAsync<Row>(
            $"""
            select system, tenant, region, until_day, saving_fen, enough, changes, left_out from system_saving
            {where} order by saving_fen desc, system limit @Limit
            """,
            new
            {
                Fen = fen,
                System = system,
                filter.Region,
                filter.Tenant,
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut(
            [.. rows.Select(r => r.ToSaving())],
            page,
            s => string.Create(CultureInfo.InvariantCulture, $"{(long)(s.Saving * FenOfYuan)} {s.System}")
        );
    }

    private static (long Fen, string System) Read(string? after)
    {
        var parts = after?.Split(' ', 2);
        return
            parts is [var fen, var system]
            && long.TryParse(fen, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (number, system)
            : (long.MaxValue, "");
    }

    private sealed class Row
    {
        public string System { get; init; } = "";
        public string Tenant { get; init; } = "";
        public string Region { get; init; } = "";
        public DateOnly UntilDay { get; init; }
        public long SavingFen { get; init; }
        public int Enough { get; init; }
        public int Changes { get; init; }
        public int LeftOut { get; init; }

        public PossibleSaving ToSaving() =>
            new()
            {
                System = System,
                Tenant = Tenant,
                Region = Region,
                Until = UntilDay,
                Saving = SavingFen / FenOfYuan,
                Enough = Enough,
                Changes = Changes,
                LeftOut = LeftOut,
            };
    }
}
