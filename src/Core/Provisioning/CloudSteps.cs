using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>Makes the adapter call of a task, and looks at what became of it. Nothing here waits or decides.</summary>
internal static class CloudSteps
{
    /// <summary>Makes the call. It may be made again: creates carry their key, the others ask for what shall be.</summary>
    public static Task<Outcome> CallAsync(ICloudAdapter cloud, Pool pool, LeasedTask leased, CancellationToken token)
    {
        var (task, resource, whole) = (leased.Task, leased.Target, leased.Whole);
        return task.Kind switch
        {
            TaskKind.CreateNetwork => Creating.NetworkAsync(cloud, leased, token),
            TaskKind.CreateServer => Creating.ServerAsync(cloud, pool, leased, token),
            TaskKind.CreateVolume => Creating.VolumeAsync(cloud, pool, leased, token),
            TaskKind.CreateAddress => Creating.AddressAsync(cloud, leased, token),
            TaskKind.AttachVolume => ThenAsync(Need(cloud.Attachment).AttachAsync(Id(resource), Id(whole), token)),
            TaskKind.BindAddress => ThenAsync(Need(cloud.Binding).BindAsync(Id(resource), Id(whole), token)),
            TaskKind.ResizeServer => ThenAsync(
                Need(cloud.Resizing)
                    .ResizeAsync(Id(resource), Creating.Flavour(pool, resource), Creating.Size(resource), token)
            ),
            TaskKind.ConfirmResize => ThenAsync(Need(cloud.Resizing).ConfirmAsync(Id(resource), token)),
            TaskKind.RevertResize => ThenAsync(Reverting.CallAsync(cloud, pool, resource, token)),
            TaskKind.ExtendVolume => ThenAsync(
                Need(cloud.Volumes).ExtendAsync(Id(resource), resource.Spec.SizeGiB!.Value, token)
            ),
            TaskKind.SetBandwidth => ThenAsync(
                Need(cloud.Addresses).SetBandwidthAsync(Id(resource), resource.Spec.BandwidthMbps!.Value, token)
            ),
            TaskKind.StartServer => ThenAsync(Need(cloud.Power).StartAsync(Id(resource), token)),
            TaskKind.StopServer => ThenAsync(Need(cloud.Power).StopAsync(Id(resource), token)),
            TaskKind.DetachVolume => ThenAsync(Need(cloud.Attachment).DetachAsync(Id(resource), token)),
            TaskKind.UnbindAddress => ThenAsync(Need(cloud.Binding).UnbindAsync(Id(resource), token)),
            TaskKind.DeleteAddress => ThenAsync(Need(cloud.Addresses).DeleteAsync(Id(resource), token)),
            TaskKind.DeleteVolume => ThenAsync(Need(cloud.Volumes).DeleteAsync(Id(resource), token)),
            TaskKind.DeleteServer => ThenAsync(Need(cloud.Servers).DeleteAsync(Id(resource), token)),
            TaskKind.DeleteNetwork => ThenAsync(Need(cloud.Networks).DeleteAsync(Id(resource), token)),
            _ => throw new InvalidOperationException($"{task.Kind} makes no call"),
        };
    }

    /// <summary>Looks for what a creating task made under its key.</summary>
    public static async Task<Outcome> FindAsync(ICloudAdapter cloud, LeasedTask leased, CancellationToken token)
    {
        var (task, resource) = (leased.Task, leased.Target);
        Outcome? found = task.Kind switch
        {
            TaskKind.CreateNetwork => await Need(cloud.Networks).FindAsync(task.Key, token) is { } network
                ? Verifying.Network(network)
                : null,
            TaskKind.CreateServer => await Need(cloud.Servers).FindAsync(task.Key, token) is { } server
                ? Verifying.Server(server, resource, stopped: false)
                : null,
            TaskKind.CreateVolume => await Need(cloud.Volumes).FindAsync(task.Key, token) is { } volume
                ? Verifying.Volume(volume, resource)
                : null,
            TaskKind.CreateAddress => await Need(cloud.Addresses).FindAsync(task.Key, token) is { } address
                ? Verifying.Address(address)
                : null,
            _ => throw new InvalidOperationException($"{task.Kind} creates nothing"),
        };
        return found ?? new Outcome.Absent();
    }

    /// <summary>Looks at the resource and says how far the task has come.</summary>
    public static async Task<Outcome> LookAsync(ICloudAdapter cloud, LeasedTask leased, CancellationToken token)
    {
        var (task, resource, whole) = (leased.Task, leased.Target, leased.Whole);
        try
        {
            return resource.Kind switch
            {
                ItemKind.Server => Verifying.Server(
                    task.Kind,
                    await Need(cloud.Servers).GetAsync(Id(resource), token),
                    resource
                ),
                ItemKind.Volume => Verifying.Volume(
                    task.Kind,
                    await Need(cloud.Volumes).GetAsync(Id(resource), token),
                    resource,
                    whole
                ),
                ItemKind.PublicAddress => Verifying.Address(
                    task.Kind,
                    await Need(cloud.Addresses).GetAsync(Id(resource), token),
                    resource,
                    whole
                ),
                _ => Verifying.Network(task.Kind, await Need(cloud.Networks).GetAsync(Id(resource), token)),
            };
        }
        catch (AdapterException e) when (e.Kind == FailureKind.NotFound && Removes(task.Kind))
        {
            return leased.CreatedUnder is { } key
                ? await Vanished.LookAsync(cloud, leased, key, token)
                : new Outcome.Settled(resource.NativeId, []);
        }
    }

    internal static TService Need<TService>(TService? service)
        where TService : class =>
        service
        ?? throw new AdapterException(FailureKind.Unsupported, $"the pool offers no {typeof(TService).Name[1..]}");

    internal static NativeId Id(Resource? resource) =>
        resource?.NativeId ?? throw new AdapterException(FailureKind.NotFound, "what the task is about does not exist");

    private static bool Removes(TaskKind kind) =>
        kind
            is TaskKind.DeleteAddress
                or TaskKind.DeleteVolume
                or TaskKind.DeleteServer
                or TaskKind.DeleteNetwork
                or TaskKind.DetachVolume
                or TaskKind.UnbindAddress;

    private static async Task<Outcome> ThenAsync(Task call)
    {
        await call;
        return new Outcome.Pending(null);
    }
}
