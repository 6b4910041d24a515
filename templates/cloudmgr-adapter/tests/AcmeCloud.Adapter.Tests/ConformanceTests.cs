using CloudManager.Adapters.Sdk.Testing;

namespace AcmeCloud.Adapter.Tests;

/// <summary>
/// The conformance list (适配器一致性测试): one row for each check. Red: the adapter does not do it. Skipped: the cloud has
/// no such service. The pool is activated when nothing is red.
/// </summary>
public sealed class ConformanceTests(ConformanceOnce once) : IClassFixture<ConformanceOnce>
{
    public static TheoryData<string> Checks => [.. ConformanceSuite.Checks.Select(check => check.Id)];

    [Theory]
    [MemberData(nameof(Checks))]
    public void Conforms(string check)
    {
        var result = once.Report.Results.Single(it => it.Id == check);
        Assert.SkipWhen(result.Outcome == CheckOutcome.Skipped, result.Message ?? "");
        Assert.True(result.Outcome == CheckOutcome.Passed, $"{result.Proves.En}: {result.Message}");
    }

    [Fact]
    public void The_settings_of_the_test_have_no_faults() =>
        Assert.Empty(new AcmeCloudAdapterFactory().Validate(Cloud.Settings));
}

/// <summary>The suite runs once; its rows look at the one report.</summary>
public sealed class ConformanceOnce : IAsyncLifetime
{
    public ConformanceReport Report { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await using var adapter = Cloud.Open();
        Report = await ConformanceSuite.RunAsync(adapter, Cloud.Options, progress: null, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
