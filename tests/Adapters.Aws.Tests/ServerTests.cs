using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>Servers over HTTP, from their making to their end.</summary>
public sealed class ServerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_server_is_made_once_found_by_its_key_and_deleted()
    {
        await using var cloud = await OnSimulator.StartAsync();
        var servers = cloud.Adapter.Servers!;
        var key = new OperationKey("cm-1-1");
        await cloud.Adapter.CheckAsync(None);

        var made = await servers.CreateAsync(OnSimulator.Server, key, None);
        var again = await servers.CreateAsync(OnSimulator.Server, key, None);
        var up = await cloud.ServerInAsync(made.Id, CloudState.Active);

        Assert.Equal(CloudState.Pending, made.State);
        Assert.Equal(made.Id, again.Id);
        Assert.Equal(made.Id, (await servers.FindAsync(key, None))?.Id);
        Assert.Equal((key, "os-a", new ServerSize(2, 2), "t3.small"), (up.Key, up.Name, up.Size, up.Flavour));
        Assert.Single(up.Addresses);
        Assert.Equal(1, cloud.Simulator.Counters.Of("RunInstances"));

        await servers.DeleteAsync(made.Id, None);
        await OnSimulator.UntilGoneAsync(() => servers.GetAsync(made.Id, None));
        await servers.DeleteAsync(made.Id, None);
        Assert.Null(await servers.FindAsync(key, None));
        Assert.Equal(0, cloud.Simulator.Counters.SignatureRefusals);
    }
}
