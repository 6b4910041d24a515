using System.Text.Json.Serialization;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Metering;

/// <summary>
/// How the collection of samples (采样, art. 22) stands, pool by pool: for the technical department, the authority and the
/// pool's own provider.
/// </summary>
internal sealed class CollectionApi(ReadCollection collection) : IStation
{
    private const string List = "collection";

    private static readonly OrganisationKind[] Readers =
    [
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.Authority,
        OrganisationKind.Provider,
    ];

    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/collection", ListAsync).By(Readers).Produces<PageView<CollectionView>>();

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var scope = WorkScope.Of(caller.Actor);
        var states = await collection.ExecuteAsync(
            pool =>
                (scope.Provider is null || scope.Provider == pool.Provider)
                && (scope.Region is null || scope.Region == pool.Region)
                && (page.After is null || string.CompareOrdinal(pool.Id.Value, page.After) > 0),
            cancellationToken
        );
        var next = states.Count > page.Limit ? states[page.Limit - 1].Pool.Value : null;
        return Answers.Of(List, new Page<CollectionState>([.. states.Take(page.Limit)], next), CollectionView.Of);
    }
}

/// <summary>How one pool's collection stands.</summary>
internal sealed record CollectionView
{
    private const int MostShown = 200;

    public required string Pool { get; init; }

    /// <summary>Whether its cloud measures; null where its adapter cannot be opened.</summary>
    public required bool? Measured { get; init; }

    /// <summary>The end of the last slot that is collected; null if none ever was.</summary>
    public required DateTimeOffset? CollectedUntil { get; init; }

    /// <summary>Seconds that are over and not collected.</summary>
    public required long? LagSeconds { get; init; }

    /// <summary>The last look of this process that ended well.</summary>
    public required DateTimeOffset? LookedAt { get; init; }

    /// <summary>Whether the last look came to nothing.</summary>
    public required bool Failing { get; init; }

    /// <summary>The last look that came to nothing, even if later ones ended well; null if none did.</summary>
    public required CollectionFailure? LastFailure { get; init; }

    public required ClockView Clock { get; init; }

    /// <summary>How many values were set aside.</summary>
    public required long SetAsideCount { get; init; }

    /// <summary>The same by day, metric and reason, the newest days first; no more than two hundred lines.</summary>
    public required IReadOnlyList<SetAsideView> SetAside { get; init; }

    public static CollectionView Of(CollectionState state) =>
        new()
        {
            Pool = state.Pool.Value,
            Measured = state.IsMeasured,
            CollectedUntil = state.CollectedUntil,
            LagSeconds = (long?)state.Lag?.TotalSeconds,
            LookedAt = state.Note.LookedAt,
            Failing = state.IsFailing,
            LastFailure = state.Note.LastFailure,
            Clock = new(
                state.Note.Skew.Offset?.TotalSeconds,
                state.Note.Skew.Shift,
                state.IsClockProbablyAhead,
                state.Note.NewestAhead
            ),
            SetAsideCount = state.SetAside.Sum(count => count.Count),
            SetAside = [.. state.SetAside.Take(MostShown).Select(SetAsideView.Of)],
        };
}

/// <param name="OffsetSeconds">How far the clock that labels samples is ahead, as the adapter told; null: not known.</param>
/// <param name="ShiftedSlots">By how many slots labels are put right.</param>
/// <param name="ProbablyAhead">Whether samples of the future came at the last look and no offset is told.</param>
/// <param name="NewestAhead">The newest slot that came before it began; null where none did.</param>
internal sealed record ClockView(
    double? OffsetSeconds,
    long ShiftedSlots,
    bool ProbablyAhead,
    DateTimeOffset? NewestAhead
);

/// <param name="Day">Of their labels.</param>
/// <param name="Metric">Which value; absent where whole samples were.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many; each once, however often it was delivered.</param>
internal sealed record SetAsideView(
    DateOnly Day,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Metric? Metric,
    SetAsideReason Reason,
    long Count
)
{
    public static SetAsideView Of(SetAsideCount count) => new(count.Day, count.Metric, count.Reason, count.Count);
}
