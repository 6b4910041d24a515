using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedServerResizing(IServerResizing inner, CallGuard guard) : IServerResizing
{
    public Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "resizeServer",
            Repeat.WhenTransient,
            token => inner.ResizeAsync(id, flavour, size, token),
            cancellationToken
        );
}
