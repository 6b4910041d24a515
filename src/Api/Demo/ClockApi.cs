using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Scheduler;

namespace CloudManager.Api.Demo;

/// <summary>The demonstration's clock: business time can be moved forward through everything that falls due.</summary>
internal sealed class ClockApi(AdvanceClock advance, TimeProvider businessTime) : IStation
{
    private static readonly OrganisationKind[] Kinds = [OrganisationKind.TechnicalDepartment];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/demo/clock", Read).ByAnyone().Produces<ClockView>();
        api.MapPost("/demo/clock", AdvanceAsync)
            .By(Kinds, Role.Sysadmin)
            .Shows(new AdvanceBody(new DateTimeOffset(2026, 10, 1, 9, 0, 0, China.Offset)))
            .Produces<AdvancedView>();
        api.MapDelete("/demo/clock/advance", Stop).By(Kinds, Role.Sysadmin).Produces(StatusCodes.Status204NoContent);
    }

    private IResult Read()
    {
        var current = advance.Current;
        var under = current is null
            ? null
            : new AdvanceView(
                China.Local(current.From),
                China.Local(current.To),
                China.Local(current.At),
                current.Steps
            );
        return Results.Ok(new ClockView(China.Local(businessTime.GetUtcNow()), under));
    }

    private async Task<IResult> AdvanceAsync(AdvanceBody body, CancellationToken cancellationToken)
    {
        var started = advance.Start(body.AdvanceTo);
        return started.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Results.Ok(AdvancedView.Of(await started.Value.WaitAsync(cancellationToken)));
    }

    private IResult Stop()
    {
        advance.Stop();
        return Results.NoContent();
    }
}

/// <param name="AdvanceTo">Where business time shall come to; after now, at most ten years ahead.</param>
internal sealed record AdvanceBody(DateTimeOffset AdvanceTo);

/// <param name="Now">Business time.</param>
/// <param name="Advance">The advance under way; null if time goes by itself.</param>
internal sealed record ClockView(DateTimeOffset Now, AdvanceView? Advance);

/// <param name="From">Where it started.</param>
/// <param name="To">Where it shall end.</param>
/// <param name="At">Where it is.</param>
/// <param name="Steps">How often a job has looked so far.</param>
internal sealed record AdvanceView(DateTimeOffset From, DateTimeOffset To, DateTimeOffset At, int Steps);

/// <param name="Now">Where it ended: where it was asked to, or where it was stopped.</param>
/// <param name="From">Where it started.</param>
/// <param name="Steps">How often a job has looked.</param>
/// <param name="Troubles">The looks that did not end well.</param>
internal sealed record AdvancedView(
    DateTimeOffset Now,
    DateTimeOffset From,
    int Steps,
    IReadOnlyList<TroubleView> Troubles
)
{
    public static AdvancedView Of(Advance advance) =>
        new(
            China.Local(advance.To),
            China.Local(advance.From),
            advance.Steps,
            [.. advance.Troubles.Select(t => new TroubleView(t.Job, China.Local(t.At), t.Look.Outcome, t.Look.Detail))]
        );
}

internal sealed record TroubleView(string Job, DateTimeOffset At, LookOutcome Outcome, Bilingual? Detail);
