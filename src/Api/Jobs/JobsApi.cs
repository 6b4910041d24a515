using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Scheduler;

namespace CloudManager.Api.Jobs;

/// <summary>What is scheduled, how it went last, and running a job now.</summary>
internal sealed class JobsApi(
    IBooks books,
    IJobLooks looks,
    RunJob run,
    TimeProvider businessTime,
    AdvanceClock? advance = null
) : IStation
{
    private const string List = "jobs";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", ListAsync)
            .By([OrganisationKind.TechnicalDepartment], Role.Sysadmin)
            .Produces<PageView<JobView>>();
        api.MapPost("/jobs/{name}/run", RunAsync).By(OrganisationKind.TechnicalDepartment).Produces<LookView>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var last = (await books.ReadAsync(looks.AllAsync, cancellationToken)).ToDictionary(l => l.Job);
        var now = businessTime.GetUtcNow();
        var from = page.After is null ? 0 : Schedule.Jobs.TakeWhile(j => j.Name != page.After).Count() + 1;
        var shown = Schedule.Jobs.Skip(from).Take(page.Limit).ToList();
        var next = from + shown.Count < Schedule.Jobs.Count ? shown[^1].Name : null;
        return Answers.Of(
            List,
            new Page<ScheduledJob>(shown, next),
            job => JobView.Of(job, now, last.GetValueOrDefault(job.Name))
        );
    }

    private async Task<IResult> RunAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        Refusal? refusal =
            !caller.Actor.SeesAllRegions ? AccessGate.NotForYou
            : Schedule.Find(name) is null
                ? new NotFound("job.notFound", ($"没有作业 {Ids.Shown(name)}", $"there is no job {Ids.Shown(name)}"))
            : advance?.Current is { } busy ? AdvanceClock.Busy(busy)
            : null;
        var noted = await books.ChangeAsync(
            caller.Wants("job.run", "job", Ids.Shown(name)),
            (_, _) => Task.FromResult(refusal is null ? Result.Of(Done.Now) : refusal),
            cancellationToken
        );
        return noted.Refusal is { } no
            ? Answers.Refused(no)
            : Results.Ok(LookView.Of(await run.ExecuteAsync(name, CancellationToken.None)));
    }
}

/// <param name="Name">The job's name.</param>
/// <param name="Cron">When it looks: a Quartz cron expression in Asia/Shanghai.</param>
/// <param name="Purpose">What it is for, with its article.</param>
/// <param name="Next">When it looks next.</param>
/// <param name="Last">How it ended last; null if it never looked.</param>
internal sealed record JobView(string Name, string Cron, Bilingual Purpose, DateTimeOffset? Next, LookView? Last)
{
    public static JobView Of(ScheduledJob job, DateTimeOffset now, JobLook? last) =>
        new(
            job.Name,
            job.Cron,
            job.Purpose,
            job.NextAfter(now) is { } next ? China.Local(next) : null,
            last is null ? null : LookView.Of(last)
        );
}

/// <param name="At">Business time of the look.</param>
/// <param name="Outcome">done, blocked or failed.</param>
/// <param name="Detail">What people should know.</param>
/// <param name="Periods">The periods it did, oldest first.</param>
internal sealed record LookView(
    DateTimeOffset At,
    LookOutcome Outcome,
    Bilingual? Detail,
    IReadOnlyList<string> Periods
)
{
    public static LookView Of(JobLook look) =>
        new(China.Local(look.At), look.Look.Outcome, look.Look.Detail, look.Look.Periods);
}
