using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>Switches servers. Nova refuses to start what runs; here that is success.</summary>
internal sealed class NovaPower(Nova nova) : IServerPower
{
    public Task StartAsync(NativeId id, CancellationToken cancellationToken) =>
        ActAsync(
            id,
            "os-start",
            null,
            server => server is { Status: "ACTIVE", TaskState: null or "powering-on" } or { TaskState: "powering-on" },
            cancellationToken
        );

    public Task StopAsync(NativeId id, CancellationToken cancellationToken) =>
        ActAsync(
            id,
            "os-stop",
            null,
            server => server is { Status: "SHUTOFF", TaskState: null } or { TaskState: "powering-off" },
            cancellationToken
        );

    public Task RebootAsync(NativeId id, CancellationToken cancellationToken) =>
        ActAsync(
            id,
            "reboot",
            new Dictionary<string, string> { ["type"] = "SOFT" },
            server => server.TaskState?.StartsWith("reboot", StringComparison.Ordinal) == true,
            cancellationToken
        );

    private async Task ActAsync(
        NativeId id,
        string action,
        object? values,
        Func<ServerBody, bool> isSo,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await nova.ActAsync(id, action, values, cancellationToken);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            if (!isSo(await nova.GetAsync(id, cancellationToken)))
            {
                throw;
            }
        }
    }
}
