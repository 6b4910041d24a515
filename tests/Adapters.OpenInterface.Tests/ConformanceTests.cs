using CloudManager.Adapters.Sdk.Testing;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>Both sample providers do what the contract says, seen through the adapter.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public async Task Art16_the_provider_in_CSharp_passes_every_check()
    {
        await using var provider = await CSharpProvider.StartAsync();
        await using var pool = OpenPool.At(provider.Address);
        var options = await OpenPool.WithNetworkAsync(pool, OpenPool.Options("m2-4", "m4-8"));
        var report = await ConformanceSuite.RunAsync(pool, options, null, OpenPool.None);
        Assert.DoesNotContain(report.Results, result => result.Outcome != CheckOutcome.Passed);
        Assert.True(report.IsConformant);
        Assert.Equal("Sample 1", report.CloudVersion);
        Assert.Empty(await provider.Cloud.Inventory!.ListServersAsync(OpenPool.None).ToListAsync(OpenPool.None));
    }

    [Fact]
    public async Task Art16_the_provider_in_Python_passes_every_check_of_what_it_offers()
    {
        using var provider = await PythonProvider.StartAsync();
        Assert.SkipWhen(provider is null, "python3 is not on the path");
        await using var pool = OpenPool.At(provider.Address);
        var options = await OpenPool.WithNetworkAsync(pool, OpenPool.Options("p2-4", "p4-8"));
        var report = await ConformanceSuite.RunAsync(pool, options, null, OpenPool.None);
        var notPassed = report.Results.Where(result => result.Outcome != CheckOutcome.Passed).ToList();
        Assert.Equal(["servers.open-their-console"], notPassed.Select(result => result.Id));
        Assert.True(report.IsConformant);
        Assert.Null(pool.Console);
        Assert.Contains(
            pool.Info.Notes,
            note => note.Capability == "console" && note.Reason.Contains("no screens", StringComparison.Ordinal)
        );
    }
}
