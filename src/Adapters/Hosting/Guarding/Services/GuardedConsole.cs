using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedConsole(IConsoleSource inner, CallGuard guard) : IConsoleSource
{
    public Task<Uri> OpenAsync(NativeId server, CancellationToken cancellationToken) =>
        guard.AskAsync("openConsole", Repeat.WhenTransient, token => inner.OpenAsync(server, token), cancellationToken);
}
