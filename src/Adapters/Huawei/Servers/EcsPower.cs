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
        if ((await ecs.GetAsync(id, token)).State == wanted)
        {
            return;
        }

        try
        {
            await OrderAsync(id, order, token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            if ((await ecs.GetAsync(id, token)).State != wanted)
            {
                throw;
            }
        }
    }

    private async Task OrderAsync(NativeId id, Order order, CancellationToken token)
    {
        var action = new Dictionary<string, PowerBody>
        {
            [order.Name] = new([new ServerName(id.Value)]) { Type = order.Type },
        };
        try
        {
            await ecs.ActAsync((api, p) => api.PowerAsync(p, action, token), token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.InvalidRequest)
        {
            // The request is always the same but for the server, so it is its state that does not allow it.
            throw HuaweiErrors.As(FailureKind.Conflict, failure);
        }
    }

    private sealed record Order(string Name, string? Type);
}
