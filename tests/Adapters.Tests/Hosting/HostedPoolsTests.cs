using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace CloudManager.Adapters.Tests.Hosting;

public sealed class HostedPoolsTests
{
    [Fact]
    public async Task A_pool_is_opened_once_when_it_is_first_needed_and_closed_at_the_end()
    {
        var pool = new GuardedPool();
        Assert.Empty(pool.Factory.Given);
        var first = pool.Adapter;
        Assert.Same(first, pool.Adapter);
        Assert.Equal("p-1", Assert.Single(pool.Factory.Given).Pool);
        Assert.False(pool.Cloud.IsDisposed);
        await pool.DisposeAsync();
        Assert.True(pool.Cloud.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => pool.Adapter);
    }

    [Fact]
    public async Task A_service_the_adapter_does_not_offer_stays_one_it_does_not_offer()
    {
        await using var pool = new GuardedPool();
        pool.Cloud.Servers = Substitute.For<IServerService>();
        var adapter = pool.Adapter;
        Assert.NotNull(adapter.Servers);
        Assert.NotSame(pool.Cloud.Servers, adapter.Servers);
        Assert.All(
            typeof(ICloudAdapter)
                .GetProperties()
                .Where(property => property.PropertyType.IsInterface && property.Name != "Servers"),
            property => Assert.Null(property.GetValue(adapter))
        );
    }

    [Fact]
    public async Task Every_service_the_adapter_offers_is_offered_guarded()
    {
        using var folder = new TempFolder();
        var declared = Pools.Declared() with { Adapter = "Mock" };
        await using var hosted = Pools.Host([declared], folder, new MockAdapterFactory());
        var adapter = hosted.Open(declared.Id);
        Assert.All(
            typeof(ICloudAdapter).GetProperties().Where(property => property.PropertyType.IsInterface),
            property =>
                Assert.StartsWith("Guarded", property.GetValue(adapter)!.GetType().Name, StringComparison.Ordinal)
        );
        Assert.Equal("Mock", adapter.Info.Kind);
    }

    [Fact]
    public async Task Art14_capabilities_are_computed_with_reasons_and_limits()
    {
        await using var pool = new GuardedPool();
        pool.Cloud.Servers = Substitute.For<IServerService>();
        pool.Cloud.Resizing = Substitute.For<IServerResizing>();
        pool.Cloud.Volumes = Substitute.For<IVolumeService>();
        pool.Cloud.Info = new AdapterInfo(
            "Recording",
            "",
            new CloudLimits
            {
                LargestVolumeGiB = 2048,
                ResizeNeedsStop = true,
                CreateIsIdempotent = true,
            }
        );
        var capabilities = pool.Hosted.Capabilities(Pools.Id).ToDictionary(capability => capability.Name);
        Assert.Equal(16, capabilities.Count);
        Assert.Equal(new PoolCapability("servers", true, null), capabilities["servers"]);
        Assert.Equal("变更规格前须关机 / the server must be stopped first", capabilities["resizing"].Reason);
        Assert.Equal("单盘最大 2048 GiB / a volume has at most 2048 GiB", capabilities["volumes"].Reason);
        Assert.True(capabilities["volumes"].Available);
        Assert.False(capabilities["usage"].Available);
        Assert.Equal(
            "该资源池的适配器不提供监控数据 / the adapter offers no measured use",
            capabilities["usage"].Reason
        );
    }

    [Fact]
    public async Task A_pool_that_cannot_be_opened_says_why_and_is_tried_again_next_time()
    {
        using var folder = new TempFolder();
        var factory = Substitute.For<IAdapterFactory>();
        factory.Kind.Returns("Recording");
        factory
            .Create(null!)
            .ReturnsForAnyArgs(
                _ => throw new FormatException("Bearer hunter2"),
                _ => throw new AdapterException(FailureKind.Forbidden, "not for you"),
                _ => new ScriptedCloud()
            );
        await using var hosted = Pools.Host([Pools.Declared()], folder, factory);
        var bug = Assert.Throws<AdapterException>(() => hosted.Open(Pools.Id));
        Assert.Equal((FailureKind.Unavailable, "the adapter failed: FormatException"), (bug.Kind, bug.Message));
        var closed = hosted.Capabilities(Pools.Id);
        Assert.All(closed, capability => Assert.Contains("not for you", capability.Reason, StringComparison.Ordinal));
        Assert.NotNull(hosted.Open(Pools.Id));
    }

    [Fact]
    public async Task Unknown_pools_and_adapters_are_failures_of_the_contract()
    {
        using var folder = new TempFolder();
        await using var hosted = Pools.Host([Pools.Declared()], folder);
        Assert.True(hosted.TryFind(Pools.Id, out var pool));
        Assert.Same(pool, Assert.Single(hosted.Declared));
        Assert.False(hosted.TryFind(new PoolId("p-2"), out _));
        var unknown = Assert.Throws<AdapterException>(() => hosted.Open(new PoolId("p-2")));
        Assert.Equal(FailureKind.NotFound, unknown.Kind);
        Assert.Equal(FailureKind.Unsupported, Assert.Throws<AdapterException>(() => hosted.Open(Pools.Id)).Kind);
    }

    [Fact]
    public void The_default_figures_go_to_the_hosts_metrics()
    {
        var context = new HostingContext(
            "data",
            TimeProvider.System,
            new MachineClock(TimeProvider.System),
            NullLoggerFactory.Instance
        );
        Assert.Same(Prometheus.Metrics.DefaultFactory, context.Metrics);
    }
}
