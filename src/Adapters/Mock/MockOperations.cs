using System.Collections.Frozen;

namespace CloudManager.Adapters.Mock;

/// <summary>The names under which the setting <c>faults</c> knows the calls.</summary>
internal static class MockOperations
{
    /// <summary>Stands for every call that has no rules of its own.</summary>
    public const string Any = "*";

    public const string Check = "check";
    public const string CreateServer = "createServer";
    public const string FindServer = "findServer";
    public const string GetServer = "getServer";
    public const string DeleteServer = "deleteServer";
    public const string StartServer = "startServer";
    public const string StopServer = "stopServer";
    public const string RebootServer = "rebootServer";
    public const string ResizeServer = "resizeServer";
    public const string ConfirmResize = "confirmResize";
    public const string RevertResize = "revertResize";
    public const string OpenConsole = "openConsole";
    public const string CreateVolume = "createVolume";
    public const string FindVolume = "findVolume";
    public const string GetVolume = "getVolume";
    public const string ExtendVolume = "extendVolume";
    public const string DeleteVolume = "deleteVolume";
    public const string AttachVolume = "attachVolume";
    public const string DetachVolume = "detachVolume";
    public const string CreateSnapshot = "createSnapshot";
    public const string FindSnapshot = "findSnapshot";
    public const string GetSnapshot = "getSnapshot";
    public const string DeleteSnapshot = "deleteSnapshot";
    public const string CreateNetwork = "createNetwork";
    public const string FindNetwork = "findNetwork";
    public const string GetNetwork = "getNetwork";
    public const string DeleteNetwork = "deleteNetwork";
    public const string CreateAddress = "createAddress";
    public const string FindAddress = "findAddress";
    public const string GetAddress = "getAddress";
    public const string SetBandwidth = "setBandwidth";
    public const string DeleteAddress = "deleteAddress";
    public const string BindAddress = "bindAddress";
    public const string UnbindAddress = "unbindAddress";
    public const string ListImages = "listImages";
    public const string ListFlavours = "listFlavours";
    public const string ListVolumeTypes = "listVolumeTypes";
    public const string ListServers = "listServers";
    public const string ListVolumes = "listVolumes";
    public const string ListNetworks = "listNetworks";
    public const string ListAddresses = "listAddresses";
    public const string ListServerChanges = "listServerChanges";
    public const string ReadUsage = "readUsage";
    public const string GetCapacity = "getCapacity";

    /// <summary>Every name above.</summary>
    public static readonly FrozenSet<string> All = typeof(MockOperations)
        .GetFields()
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToFrozenSet();
}
