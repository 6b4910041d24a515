using CloudManager.Core.Kernel;
using CloudManager.Core.Provisioning;
using CloudManager.Core.WorkOrders;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Provisioning;

/// <summary>Provisioning tasks, in the books.</summary>
internal sealed class TaskStore : ITaskStore
{
    public async Task AddAsync(
        ITransaction transaction,
        IReadOnlyList<ProvisioningTask> tasks,
        CancellationToken cancellationToken
    )
    {
        foreach (var task in tasks)
        {
            await transaction.ExecuteAsync(
                $"""
                insert into provisioning_task ({TaskRow.Columns})
                values (@Id, @WorkOrder, @Pool, @Kind, @Resource, @State, @Blockers, @OperationKey, @Wanted, @CleansUp,
                    @Attempts, @CalledAt, @NextAt, @LastError, @Fresh, @InsteadOf, @Evidence)
                """,
                TaskRow.Of(task),
                cancellationToken
            );
            foreach (var after in task.After)
            {
                await transaction.ExecuteAsync(
                    "insert into provisioning_after (task, after) values (@Task, @After)",
                    new { Task = task.Id.Number, After = after.Number },
                    cancellationToken
                );
            }
        }
    }

    public async Task SaveAsync(ITransaction transaction, ProvisioningTask task, CancellationToken cancellationToken)
    {
        await transaction.ExecuteAsync(
            """
            update provisioning_task set
                state = @State, attempts = @Attempts, called_at = @CalledAt, next_at = @NextAt,
                last_error = @LastError, fresh = @Fresh, evidence = @Evidence, lease_owner = null, lease_until = null
            where id = @Id
            """,
            TaskRow.Of(task),
            cancellationToken
        );
        if (task.State == TaskState.Done)
        {
            await transaction.ExecuteAsync(
                """
                update provisioning_task set
                    blockers = blockers - 1,
                    state = case when blockers = 1 and state = 'Waiting' then 'Ready' else state end
                where id in (select task from provisioning_after where after = @Number)
                """,
                new { task.Id.Number },
                cancellationToken
            );
        }
    }

    public async Task<ProvisioningTask?> FindAsync(
        ITransaction transaction,
        TaskId id,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<TaskRow>(
            $"select {TaskRow.Columns} from provisioning_task where id = @Number",
            new { id.Number },
            cancellationToken
        );
        return row?.ToTask();
    }

    public async Task<IReadOnlyList<ProvisioningTask>> OfOrderAsync(
        ITransaction transaction,
        WorkOrderId order,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<TaskRow>(
            $"select {TaskRow.Columns} from provisioning_task where work_order = @Number order by id",
            new { order.Number },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToTask())];
    }
}
