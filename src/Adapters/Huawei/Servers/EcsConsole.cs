using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>The screens of servers, through noVNC. Their addresses hold a token that lasts some minutes.</summary>
internal sealed class EcsConsole(Ecs ecs) : IConsoleSource
{
    public async Task<Uri> OpenAsync(NativeId server, CancellationToken cancellationToken)
    {
        var request = new ConsoleRequest(new ConsoleKind("vnc", "novnc"));
        try
        {
            var answer = await ecs.AskActionsAsync(
                (api, p) => api.OpenConsoleAsync(p, server.Value, request, cancellationToken),
                cancellationToken
            );
            return new Uri(answer.RemoteConsole.Url);
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.InvalidRequest)
        {
            // The request is always the same: either the server does not run, or it has no such screen.
            var now = await ecs.GetAsync(server, cancellationToken);
            throw HuaweiErrors.As(
                now.State == CloudState.Active ? FailureKind.Unsupported : FailureKind.Conflict,
                failure
            );
        }
    }
}
