using CloudManager.Core.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Scheduler.Tests;

/// <summary>
/// An advance that has to wait for its turn. Nothing falls due in the minutes it is about, so no job and no books are
/// asked; the fake time throws if it is told to go back.
/// </summary>
public sealed class AdvanceClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 9, 1, 0, China.Offset);
    private readonly Surroundings _around = new();
    private readonly RunJob _run;
    private readonly AdvanceClock _advance;

    public AdvanceClockTests()
    {
        _run = new RunJob(null!, null!, null!, _around.Time, NullLogger<RunJob>.Instance);
        _advance = new AdvanceClock(_around, _around.Time, _run, _around, _around);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Time_does_not_go_back_to_an_instant_that_passed_while_another_job_had_its_turn()
    {
        var other = await _run.TakeTurnAsync(CancellationToken.None);
        var started = _advance.Start(Start.AddMinutes(2));
        _around.Time.Advance(TimeSpan.FromMinutes(3));
        other.Dispose();

        var done = await started.Value;

        Assert.Equal((Start.AddMinutes(3), Start.AddMinutes(3)), (done.To, _around.Time.GetUtcNow()));
        Assert.Null(_advance.Current);
    }

    [Fact]
    public async Task Time_does_not_go_back_when_an_advance_is_stopped_before_its_turn()
    {
        var other = await _run.TakeTurnAsync(CancellationToken.None);
        var started = _advance.Start(Start.AddDays(2));
        _around.Time.Advance(TimeSpan.FromMinutes(7));
        _advance.Stop();
        other.Dispose();

        var done = await started.Value;

        Assert.Equal((0, Start.AddMinutes(7)), (done.Steps, done.To));
    }

    [Fact]
    public async Task An_advance_whose_triggers_fail_is_under_way_no_more()
    {
        _around.Fault = new IOException("the triggers' store is gone");

        await Assert.ThrowsAsync<IOException>(() => _advance.Start(Start.AddMinutes(1)).Value);

        Assert.Null(_advance.Current);
    }

    /// <summary>A clock, triggers and a queue with nothing in it.</summary>
    private sealed class Surroundings : ISteeredClock, ITriggers, IProvisioningQueue
    {
        public FakeTimeProvider Time { get; } = new(AdvanceClockTests.Start);

        public Exception? Fault { get; set; }

        public void Stand(DateTimeOffset at) => Time.SetUtcNow(at);

        public void Go() { }

        public Task StandByAsync(CancellationToken cancellationToken) =>
            Fault is null ? Task.CompletedTask : Task.FromException(Fault);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ResumeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DrainAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
