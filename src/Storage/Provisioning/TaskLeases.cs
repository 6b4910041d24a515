using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;
using CloudManager.Storage.Resources;

namespace CloudManager.Storage.Provisioning;

/// <summary>Leases of tasks, in the books. The lease and the intent to call commit as one.</summary>
internal sealed class TaskLeases(IBooks books) : ITaskLeases
{
    private const string Due = "state in ('Ready', 'Calling', 'Settling')";

    public async Task<IReadOnlyList<LeasedTask>> TakeAsync(
        PoolId pool,
        Lease lease,
        int count,
        CancellationToken cancellationToken
    )
    {
        // Looking first costs a reader only; the writers' turn is taken when there is something to do.
        var next = await NextDueAsync(pool, cancellationToken);
        return next is null || next > lease.Now
            ? []
            : await books.KeepAsync(
                Origin.Platform,
                (transaction, token) => TakeAsync(transaction, pool, lease, count, token),
                cancellationToken
            );
    }

    public Task RenewAsync(Lease lease, CancellationToken cancellationToken) =>
        books.KeepAsync(
            Origin.Platform,
            (transaction, token) =>
                transaction.ExecuteAsync(
                    "update provisioning_task set lease_until = @Until where lease_owner = @Owner",
                    new { lease.Owner, Until = lease.Until.ToUnixTimeMilliseconds() },
                    token
                ),
            cancellationToken
        );

    public async Task<DateTimeOffset?> NextDueAsync(PoolId pool, CancellationToken cancellationToken)
    {
        var next = await books.ReadAsync(
            (transaction, token) =>
                transaction.FirstOrDefaultAsync<long?>(
                    $"""
                    select min(case when lease_until > next_at then lease_until else next_at end)
                    from provisioning_task where pool = @Pool and {Due}
                    """,
                    new { Pool = pool.Value },
                    token
                ),
            cancellationToken
        );
        return next is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
    }

    private static async Task<IReadOnlyList<LeasedTask>> TakeAsync(
        ITransaction transaction,
        PoolId pool,
        Lease lease,
        int count,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<TaskRow>(
            $"""
            update provisioning_task set
                lease_owner = @Owner, lease_until = @Until, fresh = (state = 'Ready'),
                attempts = case when state = 'Ready' then attempts + 1 else attempts end,
                called_at = case when state = 'Ready' and called_at is null then @Now else called_at end,
                state = case when state = 'Ready' then 'Calling' else state end
            where id in (
                select id from provisioning_task
                where pool = @Pool and {Due} and next_at <= @Now and (lease_until is null or lease_until < @Now)
                order by next_at, id limit @count)
            returning {TaskRow.Columns}
            """,
            new
            {
                lease.Owner,
                Until = lease.Until.ToUnixTimeMilliseconds(),
                Now = lease.Now.ToUnixTimeMilliseconds(),
                Pool = pool.Value,
                count,
            },
            cancellationToken
        );
        var wanted = rows.Where(r => r.Resource is not null).Select(r => r.Resource!.Value).ToList();
        var resources = await ReadAsync(transaction, wanted, cancellationToken);
        var deleted = rows.Where(r => r.ToTask().IsDelete).Select(r => r.Resource!.Value).ToList();
        var keys = deleted.Count == 0 ? [] : await KeysAsync(transaction, deleted, cancellationToken);
        return [.. rows.OrderBy(r => r.NextAt).ThenBy(r => r.Id).Select(r => Lease(r, resources, keys))];
    }

    /// <summary>The keys under which resources were created.</summary>
    private static async Task<Dictionary<long, string>> KeysAsync(
        ITransaction transaction,
        IReadOnlyList<long> resources,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<TaskRow>(
            $"""
            select {TaskRow.Columns} from provisioning_task
            where {dialect.IsAnyOf("resource", "@ids")} and state = 'Done'
                and kind in ('CreateServer', 'CreateVolume', 'CreateAddress', 'CreateNetwork')
            order by id
            """,
            new { ids = dialect.ListOf(resources) },
            cancellationToken
        );
        return rows.DistinctBy(r => r.Resource).ToDictionary(r => r.Resource!.Value, r => r.OperationKey);
    }

    private static LeasedTask Lease(TaskRow row, Dictionary<long, Resource> resources, Dictionary<long, string> keys)
    {
        var resource = row.Resource is { } id ? resources[id] : null;
        var whole = resource?.PartOf is { } part ? resources.GetValueOrDefault(part.Number) : null;
        var task = row.ToTask();
        var key = task.IsDelete ? keys.GetValueOrDefault(row.Resource!.Value) : null;
        return new LeasedTask(task, row.Fresh, resource, whole)
        {
            CreatedUnder = key is null ? null : new OperationKey(key),
        };
    }

    /// <summary>The resources and what they are part of.</summary>
    private static async Task<Dictionary<long, Resource>> ReadAsync(
        ITransaction transaction,
        IReadOnlyList<long> ids,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<ResourceRow>(
            $"""
            select {ResourceRow.Columns} from resource
            where {dialect.IsAnyOf("id", "@ids")}
                or id in (select part_of from resource where {dialect.IsAnyOf("id", "@ids")})
            """,
            new { ids = dialect.ListOf(ids) },
            cancellationToken
        );
        return rows.ToDictionary(r => r.Id, r => r.ToResource());
    }
}
