using CloudManager.Core.Kernel;

namespace CloudManager.Scheduler;

/// <summary>Business time that can be made to stand and go.</summary>
public interface ISteeredClock
{
    /// <summary>Time stands at the instant, which is not before the one it stands at.</summary>
    void Stand(DateTimeOffset at);

    /// <summary>Time goes on from where it stands.</summary>
    void Go();
}

/// <summary>The provisioning queue, as far as an advance must know it.</summary>
public interface IProvisioningQueue
{
    /// <summary>Waits until the workers have done what is due.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}

/// <summary>An advance of the demonstration's clock.</summary>
/// <param name="From">Where it started.</param>
/// <param name="To">Where it shall end; where it was stopped, if it was.</param>
/// <param name="At">Where it is.</param>
/// <param name="Steps">How often a job has looked so far.</param>
/// <param name="Troubles">The looks that did not end well.</param>
public sealed record Advance(
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset At,
    int Steps,
    IReadOnlyList<JobLook> Troubles
);

/// <summary>
/// Moves business time forward through everything that falls due on the way: at each due instant of the schedule time
/// stands there, the jobs due look in the schedule's order, and the provisioning queue is drained. One at a time; it goes
/// on when its caller goes away, and ends early when it is stopped.
/// </summary>
public sealed class AdvanceClock(
    ISteeredClock clock,
    TimeProvider businessTime,
    RunJob run,
    ITriggers triggers,
    IProvisioningQueue queue
)
{
    /// <summary>The farthest one advance may go.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(3660);

    private readonly Lock _lock = new();
    private volatile Advance? _current;
    private volatile bool _isStopping;

    /// <summary>The advance under way; null if time goes by itself.</summary>
    public Advance? Current => _current;

    /// <summary>Starts an advance; the task ends with it.</summary>
    public Result<Task<Advance>> Start(DateTimeOffset to)
    {
        lock (_lock)
        {
            var now = businessTime.GetUtcNow();
            if (_current is { } busy)
            {
                return Busy(busy);
            }

            if (Refuse(now, to) is { } refusal)
            {
                return refusal;
            }

            _isStopping = false;
            _current = new Advance(now, to, now, 0, []);
            return Task.Run(() => RunAsync(to), CancellationToken.None);
        }
    }

    /// <summary>Ends the advance under way after its current step; does nothing if there is none.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>What an advance refuses while another is under way.</summary>
    public static Conflict Busy(Advance busy) =>
        new(
            "clock.busy",
            (
                $"时钟正在推进，已到 {China.Local(busy.At):yyyy-MM-dd HH:mm}",
                $"the clock is being advanced and has come to {China.Local(busy.At):yyyy-MM-dd HH:mm}"
            )
        );

    private static string Shown(DateTimeOffset at) => $"{China.Local(at):yyyy-MM-dd'T'HH:mm:sszzz}";

    private static Refusal? Refuse(DateTimeOffset now, DateTimeOffset to)
    {
        var check = new Check();
        if (to - now > Farthest)
        {
            check.Fault(
                "advanceTo",
                Shown(to),
                ($"距当前至多 {Farthest.Days} 天", $"at most {Farthest.Days} days ahead")
            );
            return check.Refusal("clock.tooFar");
        }

        return to > now
            ? null
            : new Conflict("clock.past", ("时间不能倒退", "time never goes back"))
            {
                Faults = [new("advanceTo", Shown(to), ($"晚于 {Shown(now)}", $"after {Shown(now)}"))],
            };
    }

    private async Task<Advance> RunAsync(DateTimeOffset to)
    {
        try
        {
            await triggers.StandByAsync(CancellationToken.None);
            using var turn = await run.TakeTurnAsync(CancellationToken.None);
            // Time ticked on while another job had its turn: it stands from where it is now, never from where it was.
            clock.Stand(businessTime.GetUtcNow());
            return await GoThroughAsync(to);
        }
        finally
        {
            _current = null;
        }
    }

    private async Task<Advance> GoThroughAsync(DateTimeOffset to)
    {
        var course = new Course(Schedule.Jobs, _current!.From, to);
        try
        {
            while (!_isStopping && course.Next() is { } due)
            {
                await StepAsync(due);
            }

            var end = NotBefore(_isStopping ? _current.At : to);
            clock.Stand(end);
            return _current with { At = end, To = end };
        }
        finally
        {
            clock.Go();
            await triggers.ResumeAsync(CancellationToken.None);
        }
    }

    private async Task StepAsync(Due due)
    {
        var at = NotBefore(due.At);
        clock.Stand(at);
        var look = await run.InTurnAsync(due.Job.Name, CancellationToken.None);
        await queue.DrainAsync(CancellationToken.None);
        var before = _current!;
        _current = before with
        {
            At = at,
            Steps = before.Steps + 1,
            Troubles = look.Look.Outcome == LookOutcome.Done ? before.Troubles : [.. before.Troubles, look],
        };
    }

    private DateTimeOffset NotBefore(DateTimeOffset at)
    {
        var now = businessTime.GetUtcNow();
        return at < now ? now : at;
    }
}
