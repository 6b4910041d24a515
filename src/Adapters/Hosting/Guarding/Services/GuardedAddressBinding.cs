using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedAddressBinding(IAddressBinding inner, CallGuard guard) : IAddressBinding
{
    public Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "bindAddress",
            Repeat.WhenTransient,
            token => inner.BindAsync(address, server, token),
            cancellationToken
        );

    public Task UnbindAsync(NativeId address, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "unbindAddress",
            Repeat.WhenTransient,
            token => inner.UnbindAsync(address, token),
            cancellationToken
        );
}
