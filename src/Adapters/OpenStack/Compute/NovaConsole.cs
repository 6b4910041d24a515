using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>The screens of servers, through noVNC. Their addresses hold a token of Nova's that lasts ten minutes.</summary>
internal sealed class NovaConsole(Nova nova) : IConsoleSource
{
    public async Task<Uri> OpenAsync(NativeId server, CancellationToken cancellationToken)
    {
        var request = new ConsoleRequest(new ConsoleKind("vnc", "novnc"));
        try
        {
            var answer = await nova.AskPartsAsync(
                api => api.OpenConsoleAsync(server.Value, request, cancellationToken),
                cancellationToken
            );
            return new Uri(answer.RemoteConsole.Url);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.InvalidRequest)
        {
            // The request is always the same, so what is wrong is the cloud's: it has no such consoles.
            throw new AdapterException(FailureKind.Unsupported, failure.Message)
            {
                ProviderCode = failure.ProviderCode,
                ProviderRequestId = failure.ProviderRequestId,
            };
        }
    }
}
