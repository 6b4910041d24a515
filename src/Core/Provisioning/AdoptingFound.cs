using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using static CloudManager.Core.Provisioning.CloudSteps;

namespace CloudManager.Core.Provisioning;

/// <summary>Looks whether what a person says was made is there, and was made under no other task's key.</summary>
internal static class AdoptingFound
{
    /// <summary>Why it cannot be adopted; null if it can.</summary>
    public static async Task<Refusal?> ExamineAsync(
        ICloudAdapter cloud,
        OpenTask open,
        NativeId found,
        CancellationToken token
    )
    {
        try
        {
            var key = await KeyAsync(cloud, open.Resource.Kind, found, token);
            return key is { } other && other != open.Task.Key ? TaskRefusals.OtherKey(found, other) : null;
        }
        catch (AdapterException failure)
        {
            return TaskRefusals.NotSeen(found, failure);
        }
    }

    private static async Task<OperationKey?> KeyAsync(
        ICloudAdapter cloud,
        ItemKind kind,
        NativeId found,
        CancellationToken token
    ) =>
        kind switch
        {
            ItemKind.Server => (await Need(cloud.Servers).GetAsync(found, token)).Key,
            ItemKind.Volume => (await Need(cloud.Volumes).GetAsync(found, token)).Key,
            ItemKind.PublicAddress => (await Need(cloud.Addresses).GetAsync(found, token)).Key,
            _ => (await Need(cloud.Networks).GetAsync(found, token)).Key,
        };
}
