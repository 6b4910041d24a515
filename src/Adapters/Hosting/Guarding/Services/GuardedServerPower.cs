using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedServerPower(IServerPower inner, CallGuard guard) : IServerPower
{
    public Task StartAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync("startServer", Repeat.WhenTransient, token => inner.StartAsync(id, token), cancellationToken);

    public Task StopAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync("stopServer", Repeat.WhenTransient, token => inner.StopAsync(id, token), cancellationToken);

    // A reboot done twice is one too many: after an uncertain failure the caller decides.
    public Task RebootAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync("rebootServer", Repeat.WhenThrottled, token => inner.RebootAsync(id, token), cancellationToken);
}
