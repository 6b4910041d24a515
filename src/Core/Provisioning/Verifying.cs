using CloudManager.Adapters.Sdk;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>Compares what the cloud shows with what was ordered.</summary>
internal static class Verifying
{
    public static Outcome Server(TaskKind task, CloudServer server, Resource resource) =>
        task switch
        {
            TaskKind.DeleteServer => new Outcome.Pending(server.Id),
            TaskKind.StopServer => Stopped(server),
            TaskKind.ResizeServer or TaskKind.ConfirmResize or TaskKind.RevertResize => Resized(task, server, resource),
            _ => Server(server, resource, stopped: false),
        };

    private static Outcome Stopped(CloudServer server) =>
        server.State switch
        {
            CloudState.Error => Broken(server.Id, server.Fault),
            CloudState.Stopped => new Outcome.Settled(server.Id, []),
            _ => new Outcome.Pending(server.Id),
        };

    /// <summary>
    /// A resize is through when the cloud shows the wanted size, whether it still keeps the old one or not; it is
    /// confirmed or reverted when the cloud keeps none. A stopped server is resized as it is.
    /// </summary>
    private static Outcome Resized(TaskKind task, CloudServer server, Resource resource)
    {
        var wanted = Creating.Size(resource);
        return server.State switch
        {
            CloudState.Error => Broken(server.Id, server.Fault),
            CloudState.Pending => new Outcome.Pending(server.Id),
            CloudState.Resized when task == TaskKind.ConfirmResize || server.Size != wanted => new Outcome.Pending(
                server.Id
            ),
            _ when server.Size == wanted => new Outcome.Settled(server.Id, []),
            _ => Different(server, wanted),
        };
    }

    public static Outcome Server(CloudServer server, Resource resource, bool stopped)
    {
        if (server.State == CloudState.Error)
        {
            return Broken(server.Id, server.Fault);
        }

        if (server.State != (stopped ? CloudState.Stopped : CloudState.Active))
        {
            return new Outcome.Pending(server.Id);
        }

        var ordered = Creating.Size(resource);
        return server.Size == ordered ? new Outcome.Settled(server.Id, server.Addresses) : Different(server, ordered);
    }

    public static Outcome Volume(TaskKind task, CloudVolume volume, Resource resource, Resource? whole) =>
        task switch
        {
            TaskKind.DeleteVolume => new Outcome.Pending(volume.Id),
            TaskKind.AttachVolume when volume.AttachedTo != whole?.NativeId && volume.State != CloudState.Error =>
                new Outcome.Pending(volume.Id),
            TaskKind.ExtendVolume when volume.SizeGiB < resource.Spec.SizeGiB && volume.State != CloudState.Error =>
                new Outcome.Pending(volume.Id),
            TaskKind.DetachVolume when volume.AttachedTo is not null => new Outcome.Pending(volume.Id),
            _ => Volume(volume, resource),
        };

    public static Outcome Volume(CloudVolume volume, Resource resource)
    {
        if (volume.State == CloudState.Error)
        {
            return Broken(volume.Id, volume.Fault);
        }

        if (volume.State == CloudState.Pending)
        {
            return new Outcome.Pending(volume.Id);
        }

        return volume.SizeGiB == resource.Spec.SizeGiB
            ? new Outcome.Settled(volume.Id, [])
            : Different(volume.Id, $"{resource.Spec.SizeGiB} GiB", $"{volume.SizeGiB} GiB");
    }

    public static Outcome Address(TaskKind task, CloudAddress address, Resource resource, Resource? whole) =>
        task switch
        {
            TaskKind.DeleteAddress => new Outcome.Pending(address.Id),
            TaskKind.BindAddress when address.BoundTo != whole?.NativeId => new Outcome.Pending(address.Id),
            TaskKind.UnbindAddress when address.BoundTo is not null => new Outcome.Pending(address.Id),
            TaskKind.SetBandwidth when address.BandwidthMbps is { } now && now != resource.Spec.BandwidthMbps =>
                new Outcome.Pending(address.Id),
            _ => Address(address),
        };

    public static Outcome Address(CloudAddress address) =>
        address.State switch
        {
            CloudState.Error => Broken(address.Id, null),
            CloudState.Pending => new Outcome.Pending(address.Id),
            _ => new Outcome.Settled(address.Id, [address.Address]),
        };

    public static Outcome Network(TaskKind task, CloudNetwork network) =>
        task == TaskKind.DeleteNetwork ? new Outcome.Pending(network.Id) : Network(network);

    public static Outcome Network(CloudNetwork network) =>
        network.State switch
        {
            CloudState.Error => Broken(network.Id, network.Fault),
            CloudState.Pending => new Outcome.Pending(network.Id),
            _ => new Outcome.Settled(network.Id, []),
        };

    private static Outcome.Failed Broken(NativeId id, string? fault) =>
        new(($"云平台报告错误：{fault ?? "未说明"}", $"the cloud reports an error: {fault ?? "no reason given"}"), id);

    private static Outcome.Failed Different(CloudServer server, ServerSize ordered)
    {
        var fault = server.Fault is null ? "" : $" ({server.Fault})";
        return Different(
            server.Id,
            $"{ordered.Vcpus}C{ordered.MemoryGiB}G",
            $"{server.Size.Vcpus}C{server.Size.MemoryGiB}G{fault}"
        );
    }

    private static Outcome.Failed Different(NativeId id, string ordered, string runs) =>
        new(($"订购 {ordered}，实际为 {runs}", $"ordered {ordered}, but {runs} runs"), id);
}
