using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Mock;

/// <summary>Resizes that wait for a word, as most OpenStack clouds have them.</summary>
public sealed class MockResizingTests
{
    private const string Confirming =
        """{"resizeNeedsConfirm": true, "resizeSeconds": 20, "capacity": {"vcpus": 10}, "state": "mock.state"}""";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Art20_a_confirmed_resize_keeps_the_new_size_and_gives_the_old_one_back()
    {
        await using var pool = new MockPool(Confirming);
        var id = await ResizedAsync(pool);
        Assert.Equal(6, (await pool.Adapter.Capacity!.GetAsync(None)).VcpusUsed);

        await pool.RestartAsync();
        await pool.Adapter.Resizing!.ConfirmAsync(id, None);
        await pool.Adapter.Resizing!.ConfirmAsync(id, None);
        await pool.Adapter.Resizing!.RevertAsync(id, None);
        var server = await pool.Adapter.Servers!.GetAsync(id, None);
        Assert.Equal((CloudState.Active, new ServerSize(4, 8), "m4-8"), (server.State, server.Size, server.Flavour!));
        Assert.Equal(4, (await pool.Adapter.Capacity!.GetAsync(None)).VcpusUsed);
    }

    [Fact]
    public async Task Art20_a_reverted_resize_gives_the_old_size_back()
    {
        await using var pool = new MockPool(Confirming);
        var id = await ResizedAsync(pool);
        await pool.Adapter.Resizing!.RevertAsync(id, None);
        await pool.RestartAsync();
        var server = await pool.Adapter.Servers!.GetAsync(id, None);
        Assert.Equal((CloudState.Active, new ServerSize(2, 4), "m2-4"), (server.State, server.Size, server.Flavour!));
        Assert.Equal(2, (await pool.Adapter.Capacity!.GetAsync(None)).VcpusUsed);
    }

    [Fact]
    public async Task A_resize_that_waits_lets_nobody_stop_or_resize_the_server_and_its_deletion_frees_all()
    {
        await using var pool = new MockPool(Confirming);
        var id = await ResizedAsync(pool);
        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Power!.StopAsync(id, None));
        await MockPool.FailsAsync(
            FailureKind.Conflict,
            () => pool.Adapter.Resizing!.ResizeAsync(id, "m1-1", new ServerSize(1, 1), None)
        );
        await pool.Adapter.Power!.StartAsync(id, None);
        await pool.Adapter.Servers!.DeleteAsync(id, None);
        Assert.Equal(0, (await pool.Adapter.Capacity!.GetAsync(None)).VcpusUsed);
    }

    [Fact]
    public async Task The_pool_must_hold_both_sizes_while_a_resize_waits()
    {
        await using var pool = new MockPool(Confirming);
        var id = (await pool.CreateServerAsync(flavour: "m4-4")).Id;
        await MockPool.FailsAsync(
            FailureKind.NoCapacity,
            () => pool.Adapter.Resizing!.ResizeAsync(id, "m8-8", new ServerSize(8, 8), None)
        );
    }

    private static async Task<NativeId> ResizedAsync(MockPool pool)
    {
        var id = (await pool.CreateServerAsync()).Id;
        Task ResizeAsync() => pool.Adapter.Resizing!.ResizeAsync(id, "m4-8", new ServerSize(4, 8), None);
        await ResizeAsync();
        Assert.Equal(CloudState.Pending, (await pool.Adapter.Servers!.GetAsync(id, None)).State);
        await ResizeAsync();
        await MockPool.FailsAsync(FailureKind.Conflict, () => pool.Adapter.Resizing!.ConfirmAsync(id, None));
        pool.Machine.Advance(TimeSpan.FromSeconds(20));
        await ResizeAsync();
        var server = await pool.Adapter.Servers!.GetAsync(id, None);
        Assert.Equal((CloudState.Resized, new ServerSize(4, 8)), (server.State, server.Size));
        return id;
    }
}
