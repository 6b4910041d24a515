using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Requests;

/// <summary>What the test period's measurements advise (art. 19(4)).</summary>
internal sealed class AdviceApi(IBooks books, IRequestStore requests, ReadAdvice read) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/requests/{id}/advice", ReadAsync)
            .By(OrganisationKind.TechnicalDepartment, OrganisationKind.Authority, OrganisationKind.Tenant)
            .Produces<AdviceView>();

    private async Task<IResult> ReadAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var request = NumberedId.TryParse(RequestId.Prefix, id, out var number)
            ? await books.ReadAsync((t, c) => requests.FindAsync(t, new RequestId(number), c), cancellationToken)
            : null;
        return request is null || !RequestScope.Sees(caller.Actor, request)
            ? Answers.Refused(RequestRefusals.NotFound(Ids.Shown(id)))
            : Answers.Of(await read.ExecuteAsync(request, cancellationToken), AdviceView.Of);
    }
}

/// <param name="Request">The request.</param>
/// <param name="Verdict">determined if any line is.</param>
/// <param name="Window">The whole days of the test, [from, until).</param>
/// <param name="Target">Percent of the size that the p95 demand stays under.</param>
/// <param name="Lines">One for each line of the request.</param>
internal sealed record AdviceView(
    string Request,
    Verdict Verdict,
    DaysView Window,
    double Target,
    IReadOnlyList<LineAdviceView> Lines
)
{
    public static AdviceView Of(Advice advice) =>
        new(
            advice.Request.ToString(),
            advice.Verdict,
            new DaysView(advice.From, advice.Until),
            advice.TargetPercent,
            [.. advice.Lines.Select(LineAdviceView.Of)]
        );
}

/// <summary>Whole days [from, until) of Asia/Shanghai.</summary>
internal sealed record DaysView(DateOnly From, DateOnly Until);

internal sealed record LineAdviceView
{
    public required int No { get; init; }
    public required string Item { get; init; }
    public required string Pool { get; init; }
    public required int Quantity { get; init; }
    public required Spec Spec { get; init; }

    /// <summary>The smallest size that serves what was measured; null without one.</summary>
    public required Spec? Recommended { get; init; }
    public required Verdict Verdict { get; init; }
    public required IReadOnlyList<Bilingual> Reasons { get; init; }
    public required TestMetric? Cpu { get; init; }
    public required TestMetric? Memory { get; init; }

    public static LineAdviceView Of(LineAdvice advice) =>
        new()
        {
            No = advice.Line.No,
            Item = advice.Line.Item,
            Pool = advice.Line.Pool.Value,
            Quantity = advice.Line.Quantity,
            Spec = advice.Line.Spec,
            Recommended = advice.Recommended,
            Verdict = advice.Verdict,
            Reasons = advice.Reasons,
            Cpu = advice.Cpu,
            Memory = advice.Memory,
        };
}
