using System.Text;
using CloudManager.Core.Requests;

namespace CloudManager.Architecture.Tests;

/// <summary>Draws the way of each type of request as a state diagram and a table.</summary>
internal static class RequestPage
{
    /// <summary>An action that leads from more states than this to the same one is told in a note, not drawn.</summary>
    private const int MostArrows = 3;

    /// <summary>The page: every type that is offered.</summary>
    public static string Render(ProcedurePolicy policy)
    {
        var page = new StringBuilder(Head);
        foreach (var type in Enum.GetValues<RequestType>())
        {
            if (Transitions.Of(type) is { } table)
            {
                page.Append($"\n## {Words.Camel(type)} ({Term(type)})\n\n").Append(Section(table, policy));
            }
        }

        return page.ToString();
    }

    /// <summary>The way by one table.</summary>
    public static string Section(IReadOnlyList<Transition> table, ProcedurePolicy policy)
    {
        var page = new StringBuilder();
        page.Append("```mermaid\nstateDiagram-v2\n    [*] --> ").Append(First(table)).Append(": create\n");
        var noted = table
            .GroupBy(row => (row.Action, row.To))
            .Where(group => group.Count() > MostArrows)
            .ToDictionary(group => group.Key);
        var drawn = table.Where(row => !noted.ContainsKey((row.Action, row.To)));
        foreach (var arrow in drawn.GroupBy(row => (row.From, row.To)))
        {
            var label = string.Join(" / ", arrow.Select(row => $"{Words.Kebab(row.Action)} ({Words.Camel(row.By)})"));
            page.Append($"    {Words.Camel(arrow.Key.From)} --> {Words.Camel(arrow.Key.To)}: {label}\n");
        }

        foreach (var (key, rows) in noted)
        {
            var from = string.Join(", ", rows.Select(row => Words.Camel(row.From)));
            page.Append($"    note right of {Words.Camel(key.To)}\n        {Words.Kebab(key.Action)} ");
            page.Append($"({Words.Camel(rows.First().By)}) from {from}\n    end note\n");
        }

        var last = table
            .Select(row => row.To)
            .Distinct()
            .Where(state => table.All(row => row.From != state || row.To == state));
        foreach (var state in last)
        {
            page.Append($"    {Words.Camel(state)} --> [*]\n");
        }

        page.Append(
            "```\n\n| from | action | by | takes | when | to | deadline that starts |\n|---|---|---|---|---|---|---|\n"
        );
        foreach (var row in table)
        {
            page.Append(
                $"| {Words.Camel(row.From)} | {Words.Kebab(row.Action)} | {Words.Camel(row.By)} | {Takes(row.Takes)} "
            );
            page.Append($"| {When(row.When)} | {Words.Camel(row.To)} | {Length(row.Starts, policy)} |\n");
        }

        return page.ToString();
    }

    private static string First(IReadOnlyList<Transition> table) => Words.Camel(table[0].From);

    private static string Term(RequestType type) =>
        type switch
        {
            RequestType.Provision => "云资源申请, art. 19",
            RequestType.Change => "云资源调整, art. 20",
            RequestType.Deregistration => "云资源注销, art. 21",
            RequestType.Takeover => "纳管, art. 14",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no term for this type"),
        };

    private static string Takes(Input takes)
    {
        (Input Member, bool Required, string Name)[] members =
        [
            (Input.Opinion, takes.HasFlag(Input.MustOpine), "opinion"),
            (Input.Summary, true, "summary"),
            (Input.Lines, takes.HasFlag(Input.MustLine), "lines"),
            (Input.CompletedOn, false, "completedOn"),
            (Input.EndedOn, false, "endedOn"),
            (Input.Pool, takes.HasFlag(Input.MustPool), "pool"),
            (Input.WorkOrder, false, "workOrder"),
        ];
        return string.Join(
            ", ",
            members
                .Where(member => takes.HasFlag(member.Member))
                .Select(member => member.Required ? $"**{member.Name}**" : member.Name)
        );
    }

    private static string When(Guard guard) =>
        guard switch
        {
            Guard.Always => "",
            Guard.OrderFailed => "a work order failed",
            Guard.DeliveryDisputed => "the tenant disputed the delivery",
            Guard.CompletionProposed => "the tenant named another completion day",
            Guard.Concurred => "the technical department concurred",
            Guard.NotCleaned => "the clean-up is not confirmed yet",
            Guard.TestOverdue => "the 30 days are over without a report",
            _ => throw new ArgumentOutOfRangeException(nameof(guard), guard, "no words for this guard"),
        };

    private static string Length(string? starts, ProcedurePolicy policy) =>
        starts switch
        {
            null => "",
            Deadlines.Accept => $"{starts}: {policy.AcceptWorkingDays} WD",
            Deadlines.Review => $"{starts}: {policy.ReviewWorkingDays} WD",
            Deadlines.Report => $"{starts}: {policy.TestDays} days",
            Deadlines.Grace => $"{starts}: {policy.GraceWorkingDays} WD",
            Deadlines.Execute => $"{starts}: {policy.ExecuteWorkingDays} WD",
            Deadlines.Confirm => $"{starts}: {policy.ConfirmWorkingDays} WD",
            _ => throw new ArgumentOutOfRangeException(nameof(starts), starts, "no length for this deadline"),
        };

    private const string Head = """
        # The way of a request

        Written from the tables of `Transitions` in [src/Core/Requests](../src/Core/Requests/Transitions.cs); do not edit it by
        hand. After a table has changed, `CLOUDMANAGER_WRITE_DOCS=1 dotnet test --project tests/Architecture.Tests` writes this
        page anew; without that variable the same test fails while page and tables differ.

        One row is one thing that can happen to a request of that type. A party's action is a `POST /api/v1/requests/{id}/{action}` (`revise` is a `PUT /api/v1/requests/{id}` with the whole draft); what stands under
        *takes* are the members of its body, those in **bold** must be there, any other is refused (`request.fieldNotUsed`). A step
        that no row allows is refused and changes nothing:
        `request.wrongParty` where the action never belongs to the caller, `request.wrongRegion` where another region decides,
        `request.wrongState` where it does not fit the state or its condition, `request.notConcurred` where a change waits for the
        technical department's consent. Rows of `platform` are taken by no caller.

        WD are working days of the State Council's tables; a deadline ends at 23:59:59 in China. The deadline `confirm` only
        reminds: nobody confirms for the tenant. A change is decided with the technical department within the 5 WD of `review`;
        its orders issue themselves at the approval. A deregistration deletes nothing before `confirm-cleaned`; its orders are
        complete once all is gone and the provider has given its evidence and its statement.

        **What a pool does not offer is refused up front**, when a request is created, changed, submitted and approved: `request.invalid` (of a
        change or a deregistration the field's own code), and each field at fault has a stable `code`, the `capability`, the
        reason in words, and the `limit` if it is one:

        | code | says |
        |---|---|
        | `pool.cannotOrder` | the pool makes no such thing, or cannot attach or bind it: `servers`, `volumes`, `addresses`, `networks`, `attachment`, `binding` |
        | `pool.cannotChange` | it cannot be brought to another size there: `resizing`, `volumes`, `bandwidth` |
        | `pool.overLimit` | larger than the pool's largest volume or bandwidth |
        | `size.notOffered`, `image.unknown`, `item.notMapped` | the pool's tables have no such size, image or volume |
        | `console.notOffered` | the pool opens no screens (`POST /resources/{id}/console`) |

        `GET /catalogue/items?pool=ID` and `GET /pools/{id}` say the same per item before anybody asks.

        **By hand** (人工办理): on a pool whose people do everything (adapter `Manual`) every task is `byHand`, one per resource, and `insteadOf` says
        what it stands for. The provider completes the order with `POST /work-orders/{id}/complete`: `evidence`, and in `resources`
        for each that is made or changed the `nativeId`, the `addresses`, what really runs (`vcpus`, `memoryGiB`, `sizeGiB`, `bandwidthMbps`)
        and, where it has one of its own, the paper; or task by task with `POST /tasks/{id}/complete`. What differs from the order is
        refused by name (`byHand.invalid`; fields `byHand.differs`, `byHand.address`, `byHand.nativeIdUsed`, `byHand.missing`,
        `byHand.unknownResource`). Deadlines, confirmation and charges are those of any pool. A reclaim for a deregistration needs the
        statement with the order. An order that fails keeps the lines that stand whole; what else was made becomes tasks of removal, completed alike.

        """;
}
