using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>What a step may take along; what the step does not use is refused.</summary>
public sealed record ActionInput
{
    public static ActionInput Nothing { get; } = new();

    public string? Opinion { get; init; }
    public string? Summary { get; init; }
    public IReadOnlyList<LineInput>? Lines { get; init; }
    public DateOnly? CompletedOn { get; init; }
    public DateOnly? EndedOn { get; init; }
    public PoolId? Pool { get; init; }
    public string? WorkOrder { get; init; }
}

/// <summary>A step under way: the request before it, its row of the table, who takes it and with what.</summary>
public sealed record Step(
    ITransaction Transaction,
    ServiceRequest Request,
    Transition Transition,
    string By,
    ActionInput Input,
    DateTimeOffset Now
);

/// <summary>What a step does beyond its row of the table. One class per verb that does more.</summary>
public interface IRequestStep
{
    RequestAction Action { get; }

    /// <summary>The request with what this step changes of it, state apart; or why not.</summary>
    Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken);
}

/// <summary>
/// Takes a request one step on its way (art. 19): by the transition table, by the right party of the right region,
/// with what the step needs and nothing else.
/// </summary>
public sealed class ActOnRequest(
    IRequestStore requests,
    IEnumerable<IRequestStep> steps,
    Deadlines deadlines,
    Announcements announcements,
    TimeProvider businessTime
)
{
    private readonly ILookup<RequestAction, IRequestStep> _steps = steps.ToLookup(s => s.Action);

    /// <summary>A party's step.</summary>
    /// <param name="transaction">The transaction it is part of.</param>
    /// <param name="by">Who takes it.</param>
    /// <param name="subject">The request, and the version the caller has seen, if it says.</param>
    /// <param name="action">The verb and what it takes along.</param>
    /// <param name="cancellationToken">Stops the work before it commits.</param>
    public async Task<Result<ServiceRequest>> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        (RequestId Id, int? Version) subject,
        (RequestAction Verb, ActionInput Input) action,
        CancellationToken cancellationToken
    )
    {
        var request = await requests.FindAsync(transaction, subject.Id, cancellationToken);
        if (request is null || !RequestScope.Sees(by, request))
        {
            return RequestRefusals.NotFound(subject.Id.ToString());
        }

        var allowed = StepGate.Open(request, by, action.Verb);
        if (allowed.Refusal is { } refusal)
        {
            return refusal;
        }

        if (subject.Version is { } version && version != request.Version)
        {
            return RequestRefusals.ChangedMeanwhile(request.Version);
        }

        if (StepGate.Examine(allowed.Value.Takes, action.Input) is { } fault)
        {
            return fault;
        }

        var step = new Step(transaction, request, allowed.Value, by.Account, action.Input, businessTime.GetUtcNow());
        return await TakeAsync(step, by.Organisation?.Code, cancellationToken);
    }

    /// <summary>The platform's own step.</summary>
    public async Task<Result<ServiceRequest>> ByPlatformAsync(
        ITransaction transaction,
        RequestId id,
        RequestAction action,
        string? opinion,
        CancellationToken cancellationToken
    )
    {
        if (await requests.FindAsync(transaction, id, cancellationToken) is not { } request)
        {
            return RequestRefusals.NotFound(id.ToString());
        }

        var row = StepGate.Row(request, Party.Platform, action);
        if (row is null)
        {
            return RequestRefusals.WrongState(request, action);
        }

        var input = new ActionInput { Opinion = opinion };
        var step = new Step(transaction, request, row, "platform", input, businessTime.GetUtcNow());
        return await TakeAsync(step, null, cancellationToken);
    }

    private async Task<Result<ServiceRequest>> TakeAsync(
        Step step,
        string? organisation,
        CancellationToken cancellationToken
    )
    {
        var changed = step.Request;
        foreach (var effect in _steps[step.Transition.Action])
        {
            var result = await effect.TakeAsync(step with { Request = changed }, cancellationToken);
            if (result.Refusal is { } refusal)
            {
                return refusal;
            }

            changed = result.Value;
        }

        changed = Move(changed, step, organisation);
        await requests.SaveAsync(step.Transaction, changed, cancellationToken);
        step.Transaction.Record(
            new(
                $"request.{Words.Camel(step.Transition.Action)}",
                new("request", changed.Id.ToString()),
                RequestFacts.Of(step.Request),
                RequestFacts.Of(changed)
            )
        );
        await announcements.ExecuteAsync(step.Transaction, changed, changed.History[^1], cancellationToken);
        return changed;
    }

    /// <summary>Moves the state, closes the deadlines of the state left, starts the new one, writes the history.</summary>
    private ServiceRequest Move(ServiceRequest request, Step step, string? organisation)
    {
        var row = step.Transition;
        var leaves = row.From != row.To;
        IReadOnlyList<Deadline> running = leaves
            ? [.. request.Deadlines.Select(d => d.ClosedAt is null ? d with { ClosedAt = step.Now } : d)]
            : request.Deadlines;
        return request with
        {
            State = row.To,
            Version = request.Version + 1,
            Deadlines = row.Starts is null ? running : [.. running, deadlines.Start(row.Starts, request, step.Now)],
            History =
            [
                .. request.History,
                new(step.Now, step.By, organisation, row.Action, step.Input.Opinion ?? step.Input.Summary),
            ],
        };
    }
}
