using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using Prometheus;

namespace CloudManager.Adapters.Tests.Hosting;

/// <summary>A hosted pool whose cloud a test plays itself, on a machine clock the test moves.</summary>
internal sealed class GuardedPool : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly HostedPools _pools;

    public GuardedPool(PoolLimits? limits = null)
    {
        Factory = new RecordingFactory { Adapter = Cloud };
        Logs.CreateLogger("").ReturnsForAnyArgs(Log);
        _pools = new HostedPools(
            [Pools.Declared(limits)],
            [Factory],
            new HostingContext(_folder.Path, new FakeTimeProvider(), new MachineClock(Machine), Logs)
            {
                Metrics = Metrics.WithCustomRegistry(_registry),
            }
        );
    }

    public ScriptedCloud Cloud { get; } = new();

    public RecordingFactory Factory { get; }

    public FakeTimeProvider Machine { get; } = new();

    public ILoggerFactory Logs { get; } = Substitute.For<ILoggerFactory>();

    public ILogger Log { get; } = Substitute.For<ILogger>();

    public HostedPools Hosted => _pools;

    public ICloudAdapter Adapter => _pools.Open(Pools.Id);

    /// <summary>Moves machine time in small steps until the work is done; answers how far it had to go.</summary>
    public async Task<TimeSpan> AdvanceUntilAsync(Task work)
    {
        var passed = TimeSpan.Zero;
        var step = TimeSpan.FromMilliseconds(100);
        for (var round = 0; !work.IsCompleted && round < 100_000; round++)
        {
            await Task.Yield();
            if (round % 1_000 == 999)
            {
                // What the work waits for may need a thread that a busy machine has not given it yet.
                await Task.Delay(1);
            }

            if (!work.IsCompleted)
            {
                Machine.Advance(step);
                passed += step;
            }
        }

        Assert.True(work.IsCompleted, "the work never ended");
        return passed;
    }

    /// <summary>The lines of /metrics that begin so.</summary>
    public async Task<List<string>> MetricsAsync(string begin)
    {
        using var stream = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(stream, CancellationToken.None);
        var text = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        return [.. text.Split('\n').Where(line => line.StartsWith(begin, StringComparison.Ordinal)).Order()];
    }

    public async ValueTask DisposeAsync()
    {
        await _pools.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A cloud with the services a test gives it and no others.</summary>
internal sealed class ScriptedCloud : ICloudAdapter
{
    public AdapterInfo Info { get; set; } = new("Recording", "", new CloudLimits());

    public IServerService? Servers { get; set; }

    public IServerResizing? Resizing { get; set; }

    public IServerPower? Power { get; set; }

    public IVolumeService? Volumes { get; set; }

    public IInventory? Inventory { get; set; }

    public bool IsDisposed { get; private set; }

    public Func<CancellationToken, Task> Check { get; set; } = _ => Task.CompletedTask;

    public Task CheckAsync(CancellationToken cancellationToken) => Check(cancellationToken);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
