using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Scheduler;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Journey.Tests.Support;

/// <summary>Advances a province's clock as the demonstration does, without Quartz.</summary>
internal sealed class Advancing(Province province) : ISteeredClock, ITriggers, IProvisioningQueue
{
    private readonly FakeTimeProvider _clock = province.Clock;

    /// <summary>Advances to the instant; nothing may go wrong on the way.</summary>
    public static async Task<Advance> ToAsync(Province province, string instant)
    {
        var advance = await StartAsync(province, DateTimeOffset.Parse(instant));
        Assert.True(
            advance.Troubles.Count == 0,
            string.Join("; ", advance.Troubles.Select(t => $"{t.Job} {t.At:o} {t.Look}"))
        );
        return advance;
    }

    public static async Task<Advance> StartAsync(Province province, DateTimeOffset to)
    {
        var started = Of(province).Start(to);
        Assert.True(started.IsDone, started.Refusal?.ToString());
        return await started.Value;
    }

    public static AdvanceClock Of(Province province)
    {
        var here = new Advancing(province);
        return new AdvanceClock(here, province.Clock, RunnerOf(province), here, here);
    }

    public static RunJob RunnerOf(Province province) =>
        new(
            province.Get<IServiceProvider>(),
            province.Get<IBooks>(),
            province.Get<IJobLooks>(),
            province.Clock,
            NullLogger<RunJob>.Instance
        );

    public void Stand(DateTimeOffset at) => _clock.SetUtcNow(at);

    public void Go() { }

    public Task ResumeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StandByAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in province.Get<IPools>().Declared)
        {
            if (await province.Get<ITaskLeases>().NextDueAsync(pool.Id, cancellationToken) is not null)
            {
                await province.DrainAsync();
                return;
            }
        }
    }
}
