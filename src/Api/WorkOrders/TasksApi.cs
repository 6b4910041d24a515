using CloudManager.Adapters.Sdk;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Provisioning;

namespace CloudManager.Api.WorkOrders;

/// <summary>Provisioning tasks (编排任务) that wait for a person: the word of the pool's own provider.</summary>
internal sealed class TasksApi(SettleTask settle) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id}/settle", SettleAsync)
            .By(OrganisationKind.Provider)
            .Shows(new SettleBody(PersonsFinding.Absent, "云平台与存储侧均已核实，无残留"))
            .Produces<TaskView>();

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

/// <summary>What a person found out about a task.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Evidence">What shows it, 1 to 4,000 characters.</param>
/// <param name="NativeId">The cloud's identifier, for what was found; otherwise absent.</param>
internal sealed record SettleBody(PersonsFinding Outcome, string Evidence, string? NativeId = null);
