using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Metering.Engines;

/// <summary>The embedded store.</summary>
public sealed class DuckDbTests : EngineSuite
{
    private protected override Task<Kept> OpenAsync() => Kept.OpenAsync(null);

    protected override Task SettleAsync() => Task.CompletedTask;
}

/// <summary>A real VictoriaMetrics; skipped where none is named.</summary>
public sealed class VictoriaTests(RunningVictoria engine) : EngineSuite, IClassFixture<RunningVictoria>
{
    private protected override Task<Kept> OpenAsync()
    {
        Assert.SkipUnless(engine.WhyNot is null, engine.WhyNot ?? "");
        return Kept.OpenAsync(engine.Address);
    }

    protected override Task SettleAsync() => engine.SettleAsync();
}

/// <summary>A real Prometheus; skipped where none is named.</summary>
public sealed class PrometheusTests(RunningPrometheus engine) : EngineSuite, IClassFixture<RunningPrometheus>
{
    private protected override Task<Kept> OpenAsync()
    {
        Assert.SkipUnless(engine.WhyNot is null, engine.WhyNot ?? "");
        return Kept.OpenAsync(engine.Address);
    }

    protected override Task SettleAsync() => engine.SettleAsync();
}
