using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Requests;

/// <summary>Decides by the transition table alone whether a step may be taken.</summary>
public static class StepGate
{
    /// <summary>The row the caller may take, or why there is none: wrong party before wrong region before wrong state.</summary>
    public static Result<Transition> Open(ServiceRequest request, Actor by, RequestAction action)
    {
        var party = PartyOf(by, request);
        var table = Transitions.Of(request.Type) ?? [];
        if (party is null || !table.Any(t => t.Action == action && t.By == party))
        {
            return RequestRefusals.WrongParty(action);
        }

        if (DecidesElsewhere(party.Value, by, request))
        {
            return RequestRefusals.WrongRegion();
        }

        var row = Row(request, party.Value, action);
        return row ?? Refuse(request, party.Value, action);
    }

    private static Result<Transition> Refuse(ServiceRequest request, Party party, RequestAction action) =>
        Transitions
            .Of(request.Type)!
            .Any(t => t.From == request.State && t.Action == action && t.By == party && t.When == Guard.Concurred)
            ? RequestRefusals.NotConcurred()
            : RequestRefusals.WrongState(request, action);

    /// <summary>The verbs the caller may take now: those that <see cref="Open"/> would open, read off the table at once.</summary>
    public static IReadOnlyList<RequestAction> ActionsOf(ServiceRequest request, Actor by)
    {
        var party = PartyOf(by, request);
        if (party is null || DecidesElsewhere(party.Value, by, request))
        {
            return [];
        }

        var actions = new List<RequestAction>();
        foreach (var row in Transitions.Of(request.Type) ?? [])
        {
            if (
                row.From == request.State
                && row.By == party
                && Holds(row.When, request)
                && !actions.Contains(row.Action)
            )
            {
                actions.Add(row.Action);
            }
        }

        return actions;
    }

    /// <summary>The table's row from the request's state, if its guard holds.</summary>
    internal static Transition? Row(ServiceRequest request, Party party, RequestAction action) =>
        Transitions
            .Of(request.Type)
            ?.FirstOrDefault(t =>
                t.From == request.State && t.Action == action && t.By == party && Holds(t.When, request)
            );

    /// <summary>Refuses what a step lacks or does not use.</summary>
    internal static Invalid? Examine(Input takes, ActionInput input)
    {
        if (takes.HasFlag(Input.OpinionRequired) && string.IsNullOrWhiteSpace(input.Opinion))
        {
            return RequestRefusals.OpinionRequired();
        }

        var check = new Check();
        check.OptionalText("opinion", input.Opinion, 2000, lines: true);
        check.OptionalText("summary", input.Summary, 4000, lines: true);
        return Unused(takes, input) ?? Missing(takes, input) ?? (check.IsClean ? null : check.Refusal());
    }

    private static Invalid? Unused(Input takes, ActionInput input)
    {
        (string Field, object? Value, Input Flag)[] fields =
        [
            ("opinion", input.Opinion, Input.Opinion),
            ("summary", input.Summary, Input.Summary),
            ("lines", input.Lines, Input.Lines),
            ("completedOn", input.CompletedOn, Input.CompletedOn),
            ("endedOn", input.EndedOn, Input.EndedOn),
            ("pool", input.Pool, Input.Pool),
            ("workOrder", input.WorkOrder, Input.WorkOrder),
        ];
        var unused = fields.FirstOrDefault(f => f.Value is not null && !takes.HasFlag(f.Flag));
        return unused.Field is null ? null : RequestRefusals.NotUsed(unused.Field);
    }

    private static Invalid? Missing(Input takes, ActionInput input)
    {
        if (takes.HasFlag(Input.Summary) && string.IsNullOrWhiteSpace(input.Summary))
        {
            return RequestRefusals.Missing("summary");
        }

        if (takes.HasFlag(Input.LinesRequired) && input.Lines is null)
        {
            return RequestRefusals.Missing("lines");
        }

        return takes.HasFlag(Input.PoolRequired) && input.Pool is null ? RequestRefusals.Missing("pool") : null;
    }

    /// <summary>Authority and technical department decide for their own region only (art. 14, 43).</summary>
    private static bool DecidesElsewhere(Party party, Actor by, ServiceRequest request) =>
        party is Party.Authority or Party.Technical && by.Organisation!.Region != request.Region;

    private static bool Holds(Guard guard, ServiceRequest request) =>
        guard switch
        {
            Guard.Always => true,
            Guard.OrderFailed => request.Order == OrderStanding.Failed,
            Guard.DeliveryDisputed => request.Disputed,
            Guard.CompletionProposed => request.ProposedCompletion is not null,
            Guard.TestOverdue => request.Deadlines.Any(d => d.Step == Deadlines.Grace),
            Guard.Concurred => request.Concurred == true,
            Guard.NotCleaned => !request.IsCleaned,
            _ => throw new ArgumentOutOfRangeException(nameof(guard), guard, "no such guard"),
        };

    private static Party? PartyOf(Actor by, ServiceRequest request) =>
        by.Organisation?.Kind switch
        {
            OrganisationKind.Tenant when by.Organisation.Code == request.Tenant => Party.Tenant,
            OrganisationKind.Authority => Party.Authority,
            OrganisationKind.TechnicalDepartment => Party.Technical,
            OrganisationKind.Provider when RequestScope.Serves(by, request) => Party.Provider,
            _ => null,
        };
}

/// <summary>Who sees which requests.</summary>
public static class RequestScope
{
    /// <summary>Kinds of organisation that list requests: a tenant its own, the others those of their region.</summary>
    public static readonly IReadOnlyList<OrganisationKind> Readers =
    [
        OrganisationKind.Tenant,
        OrganisationKind.Authority,
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.ServiceAgency,
    ];

    /// <summary>Whether a provider runs a pool of the request's lines.</summary>
    public static bool Serves(Actor by, ServiceRequest request) =>
        request.Lines.Any(l => l.Provider == by.Organisation?.Code);

    public static bool Sees(Actor by, ServiceRequest request) =>
        by.Organisation switch
        {
            { Kind: OrganisationKind.Tenant } tenant => tenant.Code == request.Tenant,
            { Kind: OrganisationKind.Provider } => Serves(by, request) && request.State != RequestState.Draft,
            { } other when Readers.Contains(other.Kind) => by.SeesAllRegions || other.Region == request.Region,
            _ => false,
        };

    /// <summary>The filter that shows a caller what it may see.</summary>
    public static RequestFilter Narrow(Actor by, RequestFilter filter) =>
        by.Is(OrganisationKind.Tenant) ? filter with { Tenant = by.Organisation!.Code }
        : by.SeesAllRegions ? filter
        : filter with { Region = by.Organisation?.Region ?? "none" };
}
