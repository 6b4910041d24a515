using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Resources;

/// <summary>The servers that are measured, in the books.</summary>
internal sealed class MeteredServers : IMeteredServers
{
    public async Task<IReadOnlyList<MeteredServer>> OfPoolAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            """
            select id, native_id, created_at from resource
            where pool = @Value and kind = 'Server' and native_id is not null
                and state in ('Provisioning', 'Testing', 'TestEnded', 'Delivered', 'InService', 'Changing',
                    'BackingUp', 'Cleaning', 'Reclaimed')
            order by id
            """,
            new { pool.Value },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToServer())];
    }

    public async Task<Page<Resource>> InServiceAsync(
        ITransaction transaction,
        ServiceScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("kind = @Kind and id > @After")
            .And("service_start < @Until", scope.Until)
            .And("(service_end is null or (service_end > @From and service_end > service_start))", scope.From)
            .And("tenant = @Tenant", scope.Tenant)
            .And("provider = @Provider", scope.Provider)
            .And("region = @Region", scope.Region)
            .And("system = @System", scope.System)
            .And("pool = @Pool", scope.Pool);
        var rows = await transaction.QueryAsync<ResourceRow>(
            $"select {ResourceRow.Columns} from resource {where} order by id limit @Limit",
            new
            {
                scope.From,
                scope.Until,
                scope.Tenant,
                scope.Provider,
                scope.Region,
                scope.System,
                Pool = scope.Pool?.Value,
                Kind = scope.Kind.ToString(),
                After = Paging.After(page, 0),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToResource())], page, r => r.Id.Number);
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public string NativeId { get; init; } = "";
        public long CreatedAt { get; init; }

        public MeteredServer ToServer() =>
            new(new(Id), new NativeId(NativeId), DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
