using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

public sealed class MockVolumesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task One_key_creates_one_volume()
    {
        await using var pool = new MockPool();
        var first = await pool.CreateVolumeAsync("v-1", 50);
        Assert.Equal(first, await pool.CreateVolumeAsync("v-1", 50));
        Assert.Equal(first, await pool.Adapter.Volumes!.FindAsync(new OperationKey("v-1"), None));
        Assert.Equal(first, Assert.Single(await pool.Adapter.Inventory!.ListVolumesAsync(None).ToListAsync(None)));
    }

    [Theory]
    [InlineData("no size", 0, "ssd")]
    [InlineData("larger than the largest", 2001, "ssd")]
    [InlineData("an unknown type", 10, "tape")]
    public async Task Refuses_a_wrong_specification(string because, int sizeGiB, string type)
    {
        await using var pool = new MockPool("""{"largestVolumeGiB": 2000}""");
        var spec = new VolumeSpec(because, sizeGiB, type);
        await MockPool.FailsAsync(
            FailureKind.InvalidRequest,
            () => pool.Adapter.Volumes!.CreateAsync(spec, new OperationKey("v-1"), None)
        );
        Assert.Equal(2000, pool.Adapter.Info.Limits.LargestVolumeGiB);
    }

    [Fact]
    public async Task A_volume_grows_and_never_shrinks()
    {
        await using var pool = new MockPool("""{"capacity": {"storageGiB": 250}}""");
        var id = (await pool.CreateVolumeAsync(sizeGiB: 100)).Id;
        await pool.Adapter.Volumes!.ExtendAsync(id, 200, None);
        await pool.Adapter.Volumes!.ExtendAsync(id, 200, None);
        Assert.Equal(200, (await pool.Adapter.Volumes!.GetAsync(id, None)).SizeGiB);
        await MockPool.FailsAsync(FailureKind.InvalidRequest, () => pool.Adapter.Volumes!.ExtendAsync(id, 150, None));
        await MockPool.FailsAsync(FailureKind.NoCapacity, () => pool.Adapter.Volumes!.ExtendAsync(id, 300, None));
    }

    [Fact]
    public async Task An_attached_volume_is_neither_deleted_nor_given_to_another_server()
    {
        await using var pool = new MockPool();
        var volume = (await pool.CreateVolumeAsync()).Id;
        var server = (await pool.CreateServerAsync("k-1")).Id;
        var other = (await pool.CreateServerAsync("k-2")).Id;
        await pool.Adapter.Attachment!.AttachAsync(volume, server, None);
        await pool.Adapter.Attachment!.AttachAsync(volume, server, None);
        Assert.Equal(server, (await pool.Adapter.Volumes!.GetAsync(volume, None)).AttachedTo);

        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Volumes!.DeleteAsync(volume, None));
        await MockPool.FailsAsync(
            FailureKind.Conflict,
            () => pool.Adapter.Attachment!.AttachAsync(volume, other, None)
        );

        await pool.Adapter.Attachment!.DetachAsync(volume, None);
        await pool.Adapter.Attachment!.DetachAsync(volume, None);
        await pool.Adapter.Volumes!.DeleteAsync(volume, None);
        await pool.Adapter.Volumes!.DeleteAsync(volume, None);
        await MockPool.FailsAsync(FailureKind.NotFound, () => pool.Adapter.Volumes!.GetAsync(volume, None));
        await MockPool.FailsAsync(
            FailureKind.NotFound,
            () => pool.Adapter.Attachment!.AttachAsync(volume, server, None)
        );
    }
}
