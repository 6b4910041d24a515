using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Resources;

/// <summary>Resources, in the books.</summary>
internal sealed class ResourceStore : IResourceStore
{
    public async Task<Resource?> FindAsync(ITransaction transaction, ResourceId id, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<ResourceRow>(
            $"select {ResourceRow.Columns} from resource where id = @Number",
            new { id.Number },
            cancellationToken
        );
        return row?.ToResource();
    }

    public Task AddAsync(ITransaction transaction, Resource resource, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            $"""
            insert into resource ({ResourceRow.Columns})
            values (@Id, @Kind, @Tenant, @System, @Region, @Pool, @Provider, @Item, @Spec, @State, @Request, @Line,
                @WorkOrder, @PartOf, @NativeId, @Addresses, @CreatedAt, @ServiceStart, @ServiceEnd)
            """,
            ResourceRow.Of(resource),
            cancellationToken
        );

    public Task SaveAsync(ITransaction transaction, Resource resource, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            update resource set
                spec = @Spec, state = @State, line = @Line, work_order = @WorkOrder, part_of = @PartOf,
                native_id = @NativeId, addresses = @Addresses, service_start = @ServiceStart, service_end = @ServiceEnd
            where id = @Id
            """,
            ResourceRow.Of(resource),
            cancellationToken
        );

    public async Task<IReadOnlyList<Resource>> OfRequestAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<ResourceRow>(
            $"select {ResourceRow.Columns} from resource where request = @Number order by id",
            new { request.Number },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToResource())];
    }

    public async Task<Page<Resource>> ListAsync(
        ITransaction transaction,
        ResourceFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("id > @After")
            .And("tenant = @Tenant", filter.Tenant)
            .And("provider = @Provider", filter.Provider)
            .And("region = @Region", filter.Region)
            .And("system = @System", filter.System)
            .And("pool = @Pool", filter.Pool)
            .And("state = @State", filter.State)
            .And("native_id = @NativeId", filter.NativeId)
            .And("work_order = @WorkOrder", filter.WorkOrder);
        var rows = await transaction.QueryAsync<ResourceRow>(
            $"select {ResourceRow.Columns} from resource {where} order by id limit @Limit",
            new
            {
                filter.Tenant,
                filter.Provider,
                filter.Region,
                filter.System,
                Pool = filter.Pool?.Value,
                State = filter.State?.ToString(),
                NativeId = filter.NativeId?.Value,
                WorkOrder = filter.WorkOrder?.Number,
                After = Paging.After(page, 0),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToResource())], page, r => r.Id.Number);
    }
}
