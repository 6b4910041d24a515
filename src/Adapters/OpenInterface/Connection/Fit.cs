using System.Net;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>
/// Whether an answer is one to what was asked. A provider that shows another's server, another key or a size below zero
/// is not believed: what it did is unknown, so it is told as Unavailable.
/// </summary>
internal static class Fit
{
    /// <summary>The code of an answer that does not fit.</summary>
    public const string Code = "contract";

    public static void Unless(bool fits, string what)
    {
        if (!fits)
        {
            throw new AdapterException(
                FailureKind.Unavailable,
                $"The open interface's answer does not fit the contract: {what}."
            )
            {
                ProviderCode = Code,
            };
        }
    }

    /// <summary>That the thing shown is the one asked for.</summary>
    public static void Same(NativeId asked, NativeId shown, string what) =>
        Unless(asked == shown, $"asked for {what} '{asked}', it shows '{shown}'");

    /// <summary>That the thing shown was made under the key asked for.</summary>
    public static void Same(OperationKey asked, OperationKey? shown, string what) =>
        Unless(asked == shown, $"asked for the {what} of key '{asked}', it shows one of key '{shown}'");

    public static void Server(CloudServer it)
    {
        Named(it.Name, "server", it.Id);
        Unless(it.Size is { Vcpus: >= 1, MemoryGiB: >= 1 }, $"server '{it.Id}' has {it.Size}");
        foreach (var address in it.Addresses)
        {
            Unless(IPAddress.TryParse(address, out _), $"server '{it.Id}' shows an address that is none");
        }
    }

    public static void Volume(CloudVolume it)
    {
        Named(it.Name, "volume", it.Id);
        Unless(it.SizeGiB >= 1, $"volume '{it.Id}' has {it.SizeGiB} GiB");
        Unless(it.State is not (CloudState.Stopped or CloudState.Resized), $"volume '{it.Id}' is {it.State}");
    }

    public static void Snapshot(CloudSnapshot it)
    {
        Named(it.Name, "snapshot", it.Id);
        Unless(it.SizeGiB >= 1, $"snapshot '{it.Id}' has {it.SizeGiB} GiB");
    }

    public static void Network(CloudNetwork it)
    {
        Named(it.Name, "network", it.Id);
        Unless(IPNetwork.TryParse(it.Cidr, out _), $"network '{it.Id}' has a range that is none");
    }

    public static void Address(CloudAddress it)
    {
        Unless(IPAddress.TryParse(it.Address, out _), $"address '{it.Id}' shows an address that is none");
        Unless(it.BandwidthMbps is null or >= 1, $"address '{it.Id}' has {it.BandwidthMbps} Mbps");
    }

    public static void Flavour(CloudFlavour it) =>
        Unless(
            it.Flavour.Length is > 0 and <= 255 && it.Size is { Vcpus: >= 1, MemoryGiB: >= 1 },
            $"flavour '{it.Flavour}' has {it.Size}"
        );

    public static void Image(CloudImage it) => Unless(it.Id.Length is > 0 and <= 255, "an image has no identifier");

    public static void VolumeType(CloudVolumeType it) =>
        Unless(it.Type.Length is > 0 and <= 255, "a volume type has no name");

    private static void Named(string name, string what, NativeId id) =>
        Unless(name.Length <= 255, $"the name of {what} '{id}' has {name.Length} characters");
}
