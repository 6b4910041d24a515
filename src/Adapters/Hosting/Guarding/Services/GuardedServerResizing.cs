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

    public Task ConfirmAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "confirmResize",
            Repeat.WhenTransient,
            token => inner.ConfirmAsync(id, token),
            cancellationToken
        );

    public Task RevertAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync("revertResize", Repeat.WhenTransient, token => inner.RevertAsync(id, token), cancellationToken);
}
