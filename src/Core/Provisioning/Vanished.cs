using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using static CloudManager.Core.Provisioning.CloudSteps;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Proves that what was deleted is gone (art. 21(2)): the cloud not only knows its identifier no more, it shows nothing
/// under the key it was created with either.
/// </summary>
internal static class Vanished
{
    public static async Task<Outcome> LookAsync(
        ICloudAdapter cloud,
        LeasedTask leased,
        OperationKey key,
        CancellationToken token
    )
    {
        var resource = leased.Target;
        var shown = resource.Kind switch
        {
            ItemKind.Server => (await Need(cloud.Servers).FindAsync(key, token))?.Id,
            ItemKind.Volume => (await Need(cloud.Volumes).FindAsync(key, token))?.Id,
            ItemKind.PublicAddress => (await Need(cloud.Addresses).FindAsync(key, token))?.Id,
            _ => (await Need(cloud.Networks).FindAsync(key, token))?.Id,
        };
        if (shown is null)
        {
            return new Outcome.Settled(resource.NativeId, []);
        }

        // A listing may show it a little longer; another one under the same key is for a person to look at.
        return shown == resource.NativeId
            ? new Outcome.Pending(shown)
            : new Outcome.Failed(
                (
                    $"{resource.Id} 已删除，但云平台在同一标识下仍有 {shown}",
                    $"{resource.Id} is deleted, but the cloud still shows {shown} under its key"
                ),
                null
            );
    }
}
