using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>What is spoken with each release, what is worse on old ones, and which are too old.</summary>
public sealed class ReleaseTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("2.53", "3.43", "Pike", "compute 2.53")]
    [InlineData("2.60", "3.50", "Queens", "compute 2.60")]
    [InlineData("2.65", "3.55", "Rocky", "compute 2.65")]
    [InlineData("2.72", "3.59", "Stein", "compute 2.69")]
    [InlineData("2.93", "3.70", "Zed", "compute 2.69")]
    [InlineData("2.100", "3.71", "2025.1 or later", "compute 2.69")]
    public async Task A_version_is_agreed_on_with_every_release(
        string nova,
        string cinder,
        string release,
        string spoken
    )
    {
        await using var cloud = new ScriptedCloud { Versions = (nova, cinder) };

        await cloud.Adapter.CheckAsync(None);

        Assert.Equal($"{release} (Nova {nova}, Cinder {cinder})", cloud.Adapter.Info.CloudVersion);
        var limits = cloud.Calls.Last(call => call.Path == "/compute/v2.1/limits");
        Assert.Equal(spoken, limits.Headers["OpenStack-API-Version"]);
        Assert.Single(cloud.Calls, call => call.Path.TrimEnd('/') == "/compute/v2.1");
    }

    [Theory]
    [InlineData("2.42", "2.42")]
    [InlineData("2.1", "2.1")]
    public async Task A_release_that_is_too_old_says_what_it_is_and_what_is_needed(string nova, string named)
    {
        await using var cloud = new ScriptedCloud { Versions = (nova, "3.27") };

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.CheckAsync(None));

        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.Contains($"up to {named}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("2.52", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Queens", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Queens does not say when a cell is down", "2.60", "3.50", "inventory")]
    [InlineData("Cinder of Ocata grows no attached volumes", "2.53", "3.27", "volumes")]
    public async Task An_old_release_does_some_things_worse_and_says_so(
        string because,
        string nova,
        string cinder,
        string capability
    )
    {
        await using var cloud = new ScriptedCloud { Versions = (nova, cinder) };

        await cloud.Adapter.CheckAsync(None);

        Assert.True(cloud.Adapter.Info.Notes.Any(note => note.Capability == capability), because);
    }

    [Fact]
    public async Task A_release_of_now_has_only_the_notes_of_its_rights()
    {
        await using var cloud = new ScriptedCloud
        {
            Services = ["compute", "volumev3", "network", "image", "placement", "metric"],
        };

        await cloud.Adapter.CheckAsync(None);

        Assert.Equal(["addresses", "capacity"], cloud.Adapter.Info.Notes.Select(note => note.Capability));
    }

    [Fact]
    public async Task A_cloud_without_block_storage_or_metering_offers_neither_and_says_why()
    {
        await using var cloud = new ScriptedCloud { Services = ["compute", "network", "image"] };

        await cloud.Adapter.CheckAsync(None);

        Assert.Null(cloud.Adapter.Volumes);
        Assert.Null(cloud.Adapter.Attachment);
        Assert.Null(cloud.Adapter.Snapshots);
        Assert.Equal(
            ["volumes", "attachment", "snapshots", "addresses", "capacity", "usage"],
            cloud.Adapter.Info.Notes.Select(note => note.Capability)
        );
        Assert.Empty(await cloud.Adapter.Inventory!.ListVolumesAsync(None).ToListAsync(None));
    }

    [Fact]
    public async Task Block_storage_is_found_under_its_other_name()
    {
        await using var cloud = new ScriptedCloud { Services = ["compute", "block-storage", "network", "image"] };

        await cloud.Adapter.CheckAsync(None);

        Assert.NotNull(cloud.Adapter.Volumes);
    }
}
