using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Servers;

/// <summary>Screens that nobody can see: the address says that it is simulated and leads nowhere.</summary>
internal sealed class MockConsole(MockCalls calls) : IConsoleSource
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(10);

    public Task<Uri> OpenAsync(NativeId server, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.OpenConsole,
            tables =>
            {
                var row = tables.Server(server);
                if (row.ReadyAt > calls.Now || !row.Now.Running)
                {
                    throw MockErrors.Conflict($"The server '{server}' does not run.");
                }

                var expires = calls.Now + (long)Valid.TotalMilliseconds;
                return new Uri($"https://simulated-console.invalid/{calls.Cloud.Pool}/{row.Id}?expires={expires}");
            },
            cancellationToken
        );
}
