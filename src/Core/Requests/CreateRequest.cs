using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>What a tenant asks for.</summary>
/// <param name="Type">The request's type.</param>
/// <param name="System">The code of one of the tenant's systems.</param>
/// <param name="Pool">The default pool of the lines.</param>
/// <param name="Reason">Why it is needed.</param>
/// <param name="Lines">What is wanted.</param>
public sealed record RequestInput(
    RequestType Type,
    string System,
    PoolId? Pool,
    string Reason,
    IReadOnlyList<LineInput> Lines
)
{
    /// <summary>A deregistration without lines is of the whole system.</summary>
    public bool IsWholeSystem => Type == RequestType.Deregistration && Lines.Count == 0;
}

/// <summary>Writes a draft request (申请, art. 19(1)): by the catalogue, for a system of one's own.</summary>
public sealed class CreateRequest(
    IRequestStore requests,
    ISystemStore systems,
    ExamineLines examine,
    ICounters counters,
    TimeProvider businessTime
)
{
    public async Task<Result<ServiceRequest>> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        RequestInput input,
        CancellationToken cancellationToken
    )
    {
        if (by.Organisation is not { Kind: OrganisationKind.Tenant } tenant)
        {
            return RequestRefusals.WrongParty(RequestAction.Create);
        }

        // The technical department takes over by an endpoint of its own (art. 14).
        if (Transitions.Of(input.Type) is null || input.Type == RequestType.Takeover)
        {
            return RequestRefusals.TypeNotOffered(input.Type);
        }

        var examined = await ExamineAsync(transaction, (tenant.Code, null), input, cancellationToken);
        if (examined.Refusal is { } refusal)
        {
            return refusal;
        }

        var now = businessTime.GetUtcNow();
        var request = new ServiceRequest
        {
            Id = new(await counters.TakeAsync(transaction, RequestId.Prefix, 1, cancellationToken)),
            Type = input.Type,
            State = RequestState.Draft,
            Tenant = tenant.Code,
            Region = tenant.Region,
            System = input.System,
            Reason = input.Reason,
            Lines = examined.Value,
            WholeSystem = input.IsWholeSystem,
            CreatedAt = now,
            History = [new(now, by.Account, tenant.Code, RequestAction.Create, null)],
        };
        await requests.AddAsync(transaction, request, cancellationToken);
        transaction.Record(
            new("request.create", new("request", request.Id.ToString()), null, RequestFacts.Of(request))
        );
        return request;
    }

    /// <summary>Checks all of the input and gives the lines.</summary>
    internal async Task<Result<IReadOnlyList<RequestLine>>> ExamineAsync(
        ITransaction transaction,
        (string Tenant, RequestId? Request) of,
        RequestInput input,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        check.Text("reason", input.Reason, 2000, lines: true);
        var system = input.System.Contains('\0', StringComparison.Ordinal)
            ? null
            : await systems.FindAsync(transaction, input.System, cancellationToken);
        if (system?.Tenant != of.Tenant)
        {
            check.Fault(
                "system",
                input.System,
                ("本单位的系统代码", "the code of a system of one's own"),
                "system.notFound"
            );
        }

        var subject = new LinesOf(input.Type, of.Tenant, system?.Code ?? "", of.Request);
        var asked = new LinesAsked(input.Lines, input.Pool);
        var lines = await examine.ExecuteAsync(transaction, subject, asked, check, cancellationToken);
        return lines.Refusal is not null || check.IsClean ? lines : ExamineLines.Refuse(input.Type, check);
    }
}

/// <summary>The facts of a request that the audit trail keeps.</summary>
internal sealed record RequestFacts(
    RequestState State,
    OrderStanding Order,
    string System,
    string Reason,
    IReadOnlyList<RequestLine> Lines,
    string? TestSummary,
    DateOnly? CompletedOn,
    bool? Concurred,
    DateOnly? EndedOn
)
{
    public static RequestFacts Of(ServiceRequest request) =>
        new(
            request.State,
            request.Order,
            request.System,
            request.Reason,
            request.Lines,
            request.TestSummary,
            request.CompletedOn,
            request.Concurred,
            request.EndedOn
        );
}
