using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>What only a real OpenStack can prove. It leaves nothing behind.</summary>
public sealed class OnLabTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Art16_the_conformance_suite_passes()
    {
        await using var cloud = OnLab.Open();
        var options = new ConformanceOptions
        {
            Flavour = OnLab.Flavour,
            Size = OnLab.Size,
            Image = (await OnLab.ImageAsync(cloud)).Id,
            VolumeType = OnLab.VolumeType,
            SystemDiskGiB = 10,
            MachineTime = TimeProvider.System,
            BusinessTime = TimeProvider.System,
        };

        var report = await ConformanceSuite.RunAsync(cloud, options, null, None);

        Assert.All(report.Results, result => Assert.True(result.Outcome != CheckOutcome.Failed, $"{result}"));
    }

    [Fact]
    public async Task Says_what_it_found_when_it_connected()
    {
        await using var cloud = OnLab.Open();

        await cloud.CheckAsync(None);

        Assert.StartsWith("Zed (Nova 2.93, Cinder 3.70)", cloud.Info.CloudVersion, StringComparison.Ordinal);
        Assert.Contains(cloud.Info.Notes, note => note.Capability == "capacity");
        var capacity = await cloud.Capacity!.GetAsync(None);
        Assert.True(capacity.VcpusTotal > 0 && capacity.StorageGiBTotal > 0, $"{capacity}");
    }

    [Fact]
    public async Task An_administrator_sees_the_hosts_capacity()
    {
        await using var cloud = OnLab.Open("admin", "admin");

        await cloud.CheckAsync(None);

        Assert.DoesNotContain(cloud.Info.Notes, note => note.Capability == "capacity");
        Assert.True((await cloud.Capacity!.GetAsync(None)).MemoryGiBTotal > 0);
    }

    [Fact]
    public async Task Art20_a_server_is_resized_reverted_and_resized_for_good()
    {
        await using var cloud = OnLab.Open();
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var key = NewKey();
        var id = (await CreateAsync(cloud, key, OnLab.Flavour, OnLab.Size)).Id;
        try
        {
            await ServerAsync(cloud, id, CloudState.Active);
            Assert.Equal("http", (await cloud.Console!.OpenAsync(id, None)).Scheme);

            await cloud.Resizing!.ResizeAsync(id, "1C2G", new ServerSize(1, 2), None);
            Assert.Equal(new ServerSize(1, 2), (await ServerAsync(cloud, id, CloudState.Resized)).Size);
            await cloud.Resizing.ResizeAsync(id, "1C2G", new ServerSize(1, 2), None);
            await cloud.Resizing.RevertAsync(id, None);
            Assert.Equal(OnLab.Size, (await ServerAsync(cloud, id, CloudState.Active)).Size);
            await cloud.Resizing.RevertAsync(id, None);

            await cloud.Resizing.ResizeAsync(id, "1C2G", new ServerSize(1, 2), None);
            await ServerAsync(cloud, id, CloudState.Resized);
            await cloud.Resizing.ConfirmAsync(id, None);
            Assert.Equal(new ServerSize(1, 2), (await ServerAsync(cloud, id, CloudState.Active)).Size);
            await cloud.Resizing.ConfirmAsync(id, None);
            Assert.Contains(
                await cloud.Changes!.ListAsync(since, None).ToListAsync(None),
                change => change.Id == id && change.Server?.Key == key
            );
        }
        finally
        {
            await cloud.Servers!.DeleteAsync(id, None);
        }

        await OnLab.UntilAsync(
            async () => await cloud.Changes!.ListAsync(since, None).Where(change => change.Id == id).ToListAsync(None),
            changes => changes is [{ Server: null }]
        );
    }

    [Fact]
    public async Task A_snapshot_is_taken_of_a_volume_and_keeps_it()
    {
        await using var cloud = OnLab.Open();
        var (key, other) = (NewKey(), NewKey());
        var volume = await cloud.Volumes!.CreateAsync(new VolumeSpec(key.Value, 1, OnLab.VolumeType), key, None);
        await OnLab.UntilAsync(() => cloud.Volumes.GetAsync(volume.Id, None), it => it.State == CloudState.Active);
        var spec = new SnapshotSpec(other.Value, volume.Id);
        var snapshot = await cloud.Snapshots!.CreateAsync(spec, other, None);
        Assert.Equal(snapshot.Id, (await cloud.Snapshots.CreateAsync(spec, other, None)).Id);
        await OnLab.UntilAsync(() => cloud.Snapshots.GetAsync(snapshot.Id, None), it => it.State == CloudState.Active);

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Volumes.DeleteAsync(volume.Id, None));
        Assert.Equal(FailureKind.Conflict, failure.Kind);

        await cloud.Snapshots.DeleteAsync(snapshot.Id, None);
        await OnLab.UntilAsync(async () => await cloud.Snapshots.FindAsync(other, None), found => found is null);
        await cloud.Volumes.DeleteAsync(volume.Id, None);
        await OnLab.UntilAsync(async () => await cloud.Volumes.FindAsync(key, None), found => found is null);
    }

    private static OperationKey NewKey() => new($"os-{Guid.NewGuid():N}");

    private static async Task<CloudServer> CreateAsync(
        ICloudAdapter cloud,
        OperationKey key,
        string flavour,
        ServerSize size
    )
    {
        var spec = new ServerSpec
        {
            Name = key.Value,
            Flavour = flavour,
            Size = size,
            Image = "lab-linux",
            SystemDiskGiB = 10,
        };
        return await cloud.Servers!.CreateAsync(spec, key, None);
    }

    private static Task<CloudServer> ServerAsync(ICloudAdapter cloud, NativeId id, CloudState state) =>
        OnLab.UntilAsync(() => cloud.Servers!.GetAsync(id, None), server => server.State == state);
}
