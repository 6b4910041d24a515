using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Findings;

/// <summary>Findings (监测问题, art. 14, 22) by scope: a tenant's own, a provider's pools, the others' region.</summary>
internal sealed class FindingsApi(IBooks books, IFindingStore findings) : IStation
{
    private const string List = "findings";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/findings", ListAsync).By(WorkScope.Readers).Produces<PageView<FindingView>>();
        api.MapGet("/findings/{id}", FindAsync).By(WorkScope.Readers).Produces<FindingView>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var scope = WorkScope.Of(caller.Actor);
        var filter = new FindingFilter
        {
            Tenant = scope.Tenant,
            Provider = scope.Provider,
            Region = scope.Region,
            Kind = query.Word<FindingKind>("kind"),
            State = query.Word<FindingState>("state"),
            Pool = query.Text("pool") is { } pool ? new PoolId(pool) : null,
        };
        return query.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Answers.Of(
                List,
                await books.ReadAsync((t, c) => findings.ListAsync(t, filter, page, c), cancellationToken),
                FindingView.Of
            );
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = NumberedId.TryParse(FindingId.Prefix, id, out var number)
            ? await books.ReadAsync((t, c) => findings.FindAsync(t, new FindingId(number), c), cancellationToken)
            : null;
        return
            found is { Scope: var whose }
            && WorkScope.Of(caller.Actor).Shows(whose.Provider, whose.Tenant ?? "", whose.Region)
            ? Results.Ok(FindingView.Of(found))
            : Answers.Refused(
                new NotFound("finding.notFound", ($"没有问题 {Ids.Shown(id)}", $"there is no finding {Ids.Shown(id)}"))
            );
    }
}

/// <param name="Id">Its number.</param>
/// <param name="Kind">What sort of finding.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Detail">What exactly is so.</param>
/// <param name="Window">The days it was judged over; null for what shows at once.</param>
/// <param name="Evidence">What the books say beside what the cloud shows.</param>
/// <param name="PolicyVersion">The policy it was judged by; null where none is needed.</param>
/// <param name="Recommendation">What to do instead; null where nothing is recommended.</param>
/// <param name="State">Whether it is still so.</param>
/// <param name="OpenedAt">When it was first seen.</param>
/// <param name="ClosedAt">When it was no longer so.</param>
/// <param name="LastSeenAt">When it was last seen.</param>
internal sealed record FindingView(
    string Id,
    FindingKind Kind,
    FindingSubjectView Subject,
    FindingDetail? Detail,
    object? Window,
    Evidence Evidence,
    string? PolicyVersion,
    object? Recommendation,
    FindingState State,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset LastSeenAt
)
{
    public static FindingView Of(Finding finding) =>
        new(
            finding.Id.ToString(),
            finding.Kind,
            new(finding.Subject.Kind, finding.Subject.Id, finding.Subject.Pool.Value, finding.Subject.Name),
            finding.Detail,
            Window: null,
            finding.Evidence,
            PolicyVersion: null,
            Recommendation: null,
            finding.State,
            finding.OpenedAt,
            finding.ClosedAt,
            finding.LastSeenAt
        );
}

/// <param name="Kind">The kind of thing.</param>
/// <param name="Id">Its number in the books; the cloud's identifier for what they do not know.</param>
/// <param name="Pool">Where it is.</param>
/// <param name="Name">Its name.</param>
internal sealed record FindingSubjectView(ItemKind Kind, string Id, string Pool, string Name);
