using CloudManager.Adapters.Sdk;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Provisioning;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Api.WorkOrders;

/// <summary>Provisioning tasks (编排任务) that wait for a person: the word of the pool's own provider.</summary>
internal sealed class TasksApi(IBooks books, SettleTask settle, CompleteTask complete) : IStation
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/tasks/{id}/settle", SettleAsync)
            .By(OrganisationKind.Provider)
            .Shows(new SettleBody(PersonsFinding.Absent, "云平台与存储侧均已核实，无残留"))
            .Produces<TaskView>();
        api.MapPost("/tasks/{id}/complete", CompleteAsync)
            .By(OrganisationKind.Provider)
            .Shows(new TaskDoneBody("验收单 YS-2026-0107", "vm-0107", ["10.20.1.7"], Vcpus: 4, MemoryGiB: 8))
            .Produces<TaskView>();
    }

    private async Task<IResult> CompleteAsync(
        Caller caller,
        string id,
        TaskDoneBody body,
        CancellationToken cancellationToken
    )
    {
        var known = NumberedId.TryParse(TaskId.Prefix, id, out var number);
        var done = await books.ChangeAsync(
            caller.Wants("task.complete", "task", Ids.Shown(id)),
            (transaction, token) =>
                known
                    ? complete.ExecuteAsync(transaction, caller.Actor, new TaskId(number), body.Read(), token)
                    : Task.FromResult<Result<ProvisioningTask>>(TaskRefusals.NotFound(Ids.Shown(id))),
            cancellationToken
        );
        return Answers.Of(done, TaskView.Of);
    }

    private async Task<IResult> SettleAsync(
        Caller caller,
        string id,
        SettleBody body,
        CancellationToken cancellationToken
    )
    {
        var known = NumberedId.TryParse(TaskId.Prefix, id, out var number);
        if (!known)
        {
            return Answers.Refused(TaskRefusals.NotFound(Ids.Shown(id)));
        }

        var found = body.NativeId is { } native ? new NativeId(native) : (NativeId?)null;
        var settled = await settle.ExecuteAsync(
            (caller.Actor, caller.Wants("task.settle", "task", Ids.Shown(id))),
            new TaskId(number),
            new PersonsWord(body.Outcome, found, body.Evidence),
            cancellationToken
        );
        return Answers.Of(settled, TaskView.Of);
    }
}

/// <summary>What people did in one task (人工办理).</summary>
/// <param name="Evidence">The signed paper that shows it, 1 to 4,000 characters.</param>
/// <param name="NativeId">The provider's identifier of what was made.</param>
/// <param name="Addresses">A server's private addresses; a public address's own.</param>
/// <param name="Vcpus">What a server runs with.</param>
/// <param name="MemoryGiB">What a server runs with.</param>
/// <param name="SizeGiB">A volume's size; a server's system disk.</param>
/// <param name="BandwidthMbps">A public address's bandwidth.</param>
internal sealed record TaskDoneBody(
    string Evidence,
    string? NativeId = null,
    IReadOnlyList<string>? Addresses = null,
    int? Vcpus = null,
    int? MemoryGiB = null,
    int? SizeGiB = null,
    int? BandwidthMbps = null
)
{
    public MadeByHand Read() =>
        new MadeBody(null, NativeId, Addresses, Vcpus, MemoryGiB, SizeGiB, BandwidthMbps, Evidence).Read();
}

/// <summary>What a person found out about a task.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Evidence">What shows it, 1 to 4,000 characters.</param>
/// <param name="NativeId">The cloud's identifier, for what was found; otherwise absent.</param>
internal sealed record SettleBody(PersonsFinding Outcome, string Evidence, string? NativeId = null);
