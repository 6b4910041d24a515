using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>
/// Changes sizes. A server must be stopped for it and stays so; ECS asks for no confirmation. It could stop and start the
/// server by itself, but then nobody would have chosen the hour.
/// </summary>
internal sealed class EcsResizing(Ecs ecs, Flavours flavours, JobWatch watch) : IServerResizing
{
    public async Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken)
    {
        var wanted = (await flavours.FindAsync(flavour, size, cancellationToken)).Id;
        var server = await ecs.GetAsync(id, cancellationToken);
        if (server.Flavour == wanted || await IsUnderWayAsync(id, wanted, cancellationToken))
        {
            return;
        }

        if (server.State == CloudState.Active)
        {
            throw new AdapterException(FailureKind.Conflict, $"The server '{id}' runs; it must be stopped first.");
        }

        await OrderAsync(server, wanted, cancellationToken);
    }

    private async Task OrderAsync(CloudServer server, string wanted, CancellationToken token)
    {
        var request = new ResizeRequest(new NewSize(wanted));
        try
        {
            var started = await ecs.BeginAsync<IEcsActionApi>(
                (api, p) => api.ResizeAsync(p, server.Id.Value, request, token),
                token
            );
            if (started is { } job)
            {
                watch.Begin(server.Id, new Watched(job, server, wanted));
            }
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            if ((await ecs.GetAsync(server.Id, token)).Flavour != wanted)
            {
                throw;
            }
        }
    }

    private async Task<bool> IsUnderWayAsync(NativeId id, string wanted, CancellationToken token) =>
        watch.On(id) is { } job && job.Flavour == wanted && await watch.RunsAsync(job, token);
}
