using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>Every lie is found by the check of its name, and the run comes to its end all the same.</summary>
public sealed class LyingProviderTests
{
    public static TheoryData<string> Lies() => new(LyingProvider.All.Keys);

    [Theory, MemberData(nameof(Lies))]
    public async Task Art16_catches_a_provider_that(string lies)
    {
        var lie = LyingProvider.All[lies];
        var context = new AdapterContext(
            "city",
            JsonElement.Parse("{}"),
            ".",
            TimeProvider.System,
            TimeProvider.System
        );
        await using var cloud = new MockAdapterFactory().Create(context);
        // Another tenant has a server there too.
        var spec = new ServerSpec
        {
            Name = "theirs",
            Flavour = "m2-4",
            Size = new(2, 4),
            Image = "uos-20",
            SystemDiskGiB = 40,
        };
        await cloud.Servers!.CreateAsync(spec, new OperationKey("theirs"), OpenPool.None);
        await using var provider = await LyingProvider.StartAsync(lie, cloud);
        await using var pool = OpenPool.At(provider.Address);
        var options = OpenPool.Options("m2-4", "m4-8") with
        {
            MostListed = 2_000,
            SettleTimeout = TimeSpan.FromMilliseconds(200),
            CleanUpTimeout = TimeSpan.FromSeconds(5),
        };
        var report = await ConformanceSuite.RunAsync(pool, options, null, OpenPool.None);

        var found = report.Results.Single(result => result.Id == lie.Check);
        Assert.True(found.Outcome == CheckOutcome.Failed, Failures(report));
        Assert.True(found.Message!.Contains(lie.Words, StringComparison.Ordinal), Failures(report));
        Assert.False(report.IsConformant);
    }

    private static string Failures(ConformanceReport report) =>
        string.Join(
            "\n",
            report.Results.Where(it => it.Outcome == CheckOutcome.Failed).Select(it => $"{it.Id}: {it.Message}")
        );
}
