using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using static CloudManager.Core.Provisioning.CloudSteps;

namespace CloudManager.Core.Provisioning;

/// <summary>Brings a server back to the size it had before a change (art. 20), however far the change had come.</summary>
internal static class Reverting
{
    /// <param name="cloud">The pool's cloud.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="resource">The server as it shall be again.</param>
    /// <param name="token">Stops the call.</param>
    public static async Task CallAsync(ICloudAdapter cloud, Pool pool, Resource resource, CancellationToken token)
    {
        var size = Creating.Size(resource);
        var server = await Need(cloud.Servers).GetAsync(Id(resource), token);
        if (server.State == CloudState.Pending)
        {
            throw new AdapterException(FailureKind.Conflict, "the cloud is still at work on the server");
        }

        if (server.Size == size)
        {
            return;
        }

        await (
            server.State == CloudState.Resized
                ? Need(cloud.Resizing).RevertAsync(Id(resource), token)
                : Need(cloud.Resizing).ResizeAsync(Id(resource), Creating.Flavour(pool, resource), size, token)
        );
    }
}
