using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>Starts, stops and restarts servers, the guest's way. ECS takes them in batches; a batch of one here.</summary>
internal sealed class EcsPower(Ecs ecs) : IServerPower
{
    private const string Soft = "SOFT";

    public Task StartAsync(NativeId id, CancellationToken cancellationToken) =>
        BringAsync(id, CloudState.Active, new Order("os-start", null), cancellationToken);

    public Task StopAsync(NativeId id, CancellationToken cancellationToken) =>
        BringAsync(id, CloudState.Stopped, new Order("os-stop", Soft), cancellationToken);

    public Task RebootAsync(NativeId id, CancellationToken cancellationToken) =>
        OrderAsync(id, new Order("reboot", Soft), cancellationToken);

    private async Task BringAsync(NativeId id, CloudState wanted, Order order, CancellationToken token)
    {
        var now = (await ecs.GetAsync(id, token)).State;
        if (now == wanted)
        {
            return;
        }

        if (now == CloudState.Pending)
        {
            // ECS takes the call all the same, and only its job says that nothing was done.
            throw new AdapterException(FailureKind.Conflict, $"The cloud is still at work on the server '{id}'.");
        }

        await OrderAsync(id, order, token);
    }

    private async Task OrderAsync(NativeId id, Order order, CancellationToken token)
    {
        var action = new Dictionary<string, PowerBody>
        {
            [order.Name] = new([new ServerName(id.Value)]) { Type = order.Type },
        };
        await ecs.BeginAsync<IEcsActionApi>((api, p) => api.PowerAsync(p, action, token), token);
    }

    private sealed record Order(string Name, string? Type);
}
