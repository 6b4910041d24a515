using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Findings;

/// <summary>Monitoring policies, in the books.</summary>
internal sealed class PolicyStore : IPolicies, IPolicyStore
{
    private const string Columns =
        "p.region, p.version, p.state, p.effective_from, p.document_number, p.document_title, p.numbers, p.revision";

    /// <summary>The region and those above it, itself first.</summary>
    private const string Upwards = """
        with recursive upwards (code, parent, steps) as (
            select code, parent, 0 from region where code = @region
            union all
            select r.code, r.parent, u.steps + 1 from region r join upwards u on r.code = u.parent)
        """;

    public async Task<MonitoringPolicy> InForceAsync(
        ITransaction transaction,
        string region,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"""
            {Upwards}
            select {Columns} from upwards u join monitoring_policy p on p.region = u.code
            where p.state = 'Approved' and p.effective_from <= @day
            order by u.steps, p.effective_from desc limit 1
            """,
            new { region, day },
            cancellationToken
        );
        if (row is not null)
        {
            return row.ToPolicy();
        }

        var uppermost = await transaction.FirstOrDefaultAsync<string>(
            $"{Upwards} select code from upwards order by steps desc limit 1",
            new { region },
            cancellationToken
        );
        return MonitoringPolicy.Defaults(uppermost ?? region);
    }

    public async Task<MonitoringPolicy?> FindAsync(
        ITransaction transaction,
        string region,
        int version,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns} from monitoring_policy p where p.region = @region and p.version = @version",
            new { region, version },
            cancellationToken
        );
        return row?.ToPolicy();
    }

    public async Task<IReadOnlyList<MonitoringPolicy>> AllAsync(
        ITransaction transaction,
        string? region,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("1 = 1").And("p.region = @region", region);
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from monitoring_policy p {where} order by p.region, p.version",
            new { region },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToPolicy())];
    }

    public Task SaveAsync(ITransaction transaction, MonitoringPolicy policy, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into monitoring_policy (region, version, state, effective_from, document_number, document_title,
                numbers, revision)
            values (@Region, @Version, @State, @EffectiveFrom, @Number, @Title, @Numbers, @Revision)
            on conflict (region, version) do update set
                state = excluded.state, effective_from = excluded.effective_from,
                document_number = excluded.document_number, document_title = excluded.document_title,
                numbers = excluded.numbers, revision = excluded.revision
            """,
            new
            {
                policy.Region,
                policy.Version,
                State = policy.State.ToString(),
                policy.EffectiveFrom,
                policy.Document?.Number,
                policy.Document?.Title,
                Numbers = Json.Write(policy.Numbers),
                policy.Revision,
            },
            cancellationToken
        );

    private sealed class Row
    {
        public string Region { get; init; } = "";
        public int Version { get; init; }
        public string State { get; init; } = "";
        public DateOnly? EffectiveFrom { get; init; }
        public string? DocumentNumber { get; init; }
        public string? DocumentTitle { get; init; }
        public string Numbers { get; init; } = "";
        public int Revision { get; init; }

        public MonitoringPolicy ToPolicy() =>
            new()
            {
                Region = Region,
                Version = Version,
                State = Enum.Parse<PolicyState>(State),
                EffectiveFrom = EffectiveFrom,
                Document = DocumentNumber is null ? null : new(DocumentNumber, DocumentTitle ?? ""),
                Numbers = Json.Read<PolicyNumbers>(Numbers),
                Revision = Revision,
            };
    }
}
