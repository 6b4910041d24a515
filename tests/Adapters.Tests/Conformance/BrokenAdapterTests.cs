using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Adapters.Tests.Mock;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>Each check fails on the adapter that breaks its rule and on no other; whatever is broken, the suite cleans up.</summary>
public sealed class BrokenAdapterTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<string, string> Planted() =>
        new(PlantedFaults.All.Values.Select(fault => (fault.Because, fault.Check)));

    [Fact]
    public void Art16_every_check_has_a_planted_fault_so_that_none_cannot_fail() =>
        Assert.Equal(
            ConformanceSuite.Checks.Select(check => check.Id).Order(StringComparer.Ordinal),
            PlantedFaults.All.Keys.Order(StringComparer.Ordinal)
        );

    [Theory, MemberData(nameof(Planted))]
    public async Task Art16_one_planted_fault_fails_exactly_its_check(string because, string check)
    {
        await using var pool = new MockPool("""{"resizeNeedsConfirm": true}""");
        var options = await OnMock.WithNetworkAsync(pool) with { SettleTimeout = TimeSpan.FromMilliseconds(300) };
        var cloud = PlantedFaults.All[check].Plant(pool.Adapter);
        var report = await ConformanceSuite.RunAsync(cloud, options, null, None);
        var failed = report.Results.Where(result => result.Outcome == CheckOutcome.Failed).ToList();
        Assert.True(
            failed.Count == 1 && failed[0].Id == check,
            $"{because}: {string.Join("; ", failed.Select(result => $"{result.Id}: {result.Message}"))}"
        );
        Assert.False(report.IsConformant);
        Assert.Equal("default-network", Assert.Single(await OnMock.LeftAsync(pool)));
    }

    [Fact]
    public async Task What_is_no_AdapterException_fails_the_check_without_telling_internals()
    {
        await using var pool = new MockPool();
        var cloud = new TwistedCloud(pool.Adapter) { Check = _ => throw new FormatException("internals") };
        var report = await ConformanceSuite.RunAsync(cloud, OnMock.Options(pool), null, None);
        var failed = report.Results.First(result => result.Outcome == CheckOutcome.Failed);
        Assert.Equal("connect.answers", failed.Id);
        Assert.DoesNotContain("internals", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_removed_fails_the_clean_up_by_name()
    {
        await using var pool = new MockPool();
        var cloud = new TwistedCloud(pool.Adapter)
        {
            Addresses = Twist<IAddressService>.Of(
                pool.Adapter.Addresses!,
                "DeleteAsync",
                (_, _) => throw new AdapterException(FailureKind.Forbidden, "not yours")
            ),
        };
        var options = OnMock.Options(pool) with { SettleTimeout = TimeSpan.FromMilliseconds(50) };
        var report = await ConformanceSuite.RunAsync(cloud, options, null, None);
        Assert.All(report.Results.TakeLast(2), result => Assert.Equal(CheckOutcome.Failed, result.Outcome));
        Assert.Contains("address 'mock-t-eip-1'", report.Results[^2].Message, StringComparison.Ordinal);
        Assert.Contains("not yours", report.Results[^2].Message, StringComparison.Ordinal);
        Assert.Contains("address 'mock-t-eip-1'", report.Results[^1].Message, StringComparison.Ordinal);
        Assert.Equal(2, (await OnMock.LeftAsync(pool)).Count);
    }

    [Fact]
    public async Task Every_second_server_that_an_adapter_makes_untold_is_removed_too()
    {
        await using var pool = new MockPool();
        var cloud = new TwistedCloud(pool.Adapter)
        {
            Servers = Twist<IServerService>.Of(
                pool.Adapter.Servers!,
                "CreateAsync",
                (arguments, real) => TwiceAsync(pool.Adapter, arguments, real)
            ),
        };
        await ConformanceSuite.RunAsync(cloud, OnMock.Options(pool), null, None);
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    private static async Task<CloudServer> TwiceAsync(ICloudAdapter cloud, object?[] arguments, Func<object?> real)
    {
        var made = await (Task<CloudServer>)real()!;
        await cloud.Servers!.CreateAsync((ServerSpec)arguments[0]!, new OperationKey($"{arguments[1]}-b"), None);
        return made;
    }
}
