using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Agent.Calls;

/// <summary>Every call the platform may make, and what it does on the pool's adapter. Nothing else is reachable.</summary>
internal static class CallTable
{
    private static readonly Dictionary<string, KnownCall> Calls = Entries().ToDictionary(call => call.Method.Id);

    /// <exception cref="AdapterException">There is no such call.</exception>
    public static KnownCall Find(LeasedCall call) =>
        Calls.GetValueOrDefault($"{call.Service}.{call.Method}")
        ?? throw new AdapterException(
            FailureKind.Unsupported,
            $"The agent knows no call '{Short(call.Service)}.{Short(call.Method)}'; it may be older than the platform."
        );

    private static IEnumerable<KnownCall> Entries() =>
        [
            .. Making(Methods.Servers, c => c.Servers, s => new(s.CreateAsync, s.FindAsync, s.GetAsync, s.DeleteAsync)),
            .. Making(Methods.Volumes, c => c.Volumes, s => new(s.CreateAsync, s.FindAsync, s.GetAsync, s.DeleteAsync)),
            .. Making(
                Methods.Snapshots,
                c => c.Snapshots,
                s => new(s.CreateAsync, s.FindAsync, s.GetAsync, s.DeleteAsync)
            ),
            .. Making(
                Methods.Networks,
                c => c.Networks,
                s => new(s.CreateAsync, s.FindAsync, s.GetAsync, s.DeleteAsync)
            ),
            .. Making(
                Methods.Addresses,
                c => c.Addresses,
                s => new(s.CreateAsync, s.FindAsync, s.GetAsync, s.DeleteAsync)
            ),
            .. Changing(),
            .. Watching(),
        ];

    private static IEnumerable<KnownCall> Making<TService, TSpec, TThing>(
        Things<TSpec, TThing> things,
        Func<ICloudAdapter, TService?> service,
        Func<TService, FourWays<TSpec, TThing>> ways
    )
        where TService : class
    {
        yield return Ask(things.Create, service, (s, a, t) => ways(s).Create(a.Spec, a.Key, t));
        yield return Ask(things.Find, service, (s, a, t) => ways(s).Find(a.Key, t));
        yield return Ask(things.Get, service, (s, a, t) => ways(s).Get(a.Id, t));
        yield return Tell(things.Delete, service, (s, a, t) => ways(s).Delete(a.Id, t));
    }

    private static IEnumerable<KnownCall> Changing() =>
        [
            Tell(Methods.Check, c => c, (s, _, t) => s.CheckAsync(t)),
            Tell(Methods.Start, c => c.Power, (s, a, t) => s.StartAsync(a.Id, t)),
            Tell(Methods.Stop, c => c.Power, (s, a, t) => s.StopAsync(a.Id, t)),
            Tell(Methods.Reboot, c => c.Power, (s, a, t) => s.RebootAsync(a.Id, t)),
            Tell(Methods.Resize, c => c.Resizing, (s, a, t) => s.ResizeAsync(a.Id, a.Flavour, a.Size, t)),
            Tell(Methods.ConfirmResize, c => c.Resizing, (s, a, t) => s.ConfirmAsync(a.Id, t)),
            Tell(Methods.RevertResize, c => c.Resizing, (s, a, t) => s.RevertAsync(a.Id, t)),
            Tell(Methods.ExtendVolume, c => c.Volumes, (s, a, t) => s.ExtendAsync(a.Id, a.SizeGiB, t)),
            Tell(Methods.Attach, c => c.Attachment, (s, a, t) => s.AttachAsync(a.Id, a.Server, t)),
            Tell(Methods.Detach, c => c.Attachment, (s, a, t) => s.DetachAsync(a.Id, t)),
            Tell(Methods.SetBandwidth, c => c.Addresses, (s, a, t) => s.SetBandwidthAsync(a.Id, a.BandwidthMbps, t)),
            Tell(Methods.Bind, c => c.Binding, (s, a, t) => s.BindAsync(a.Id, a.Server, t)),
            Tell(Methods.Unbind, c => c.Binding, (s, a, t) => s.UnbindAsync(a.Id, t)),
        ];

    private static IEnumerable<KnownCall> Watching() =>
        [
            List(Methods.Images, c => c.Offerings, (s, _, t) => s.ListImagesAsync(t)),
            List(Methods.Flavours, c => c.Offerings, (s, _, t) => s.ListFlavoursAsync(t)),
            List(Methods.VolumeTypes, c => c.Offerings, (s, _, t) => s.ListVolumeTypesAsync(t)),
            List(Methods.AllServers, c => c.Inventory, (s, _, t) => s.ListServersAsync(t)),
            List(Methods.AllVolumes, c => c.Inventory, (s, _, t) => s.ListVolumesAsync(t)),
            List(Methods.AllNetworks, c => c.Inventory, (s, _, t) => s.ListNetworksAsync(t)),
            List(Methods.AllAddresses, c => c.Inventory, (s, _, t) => s.ListAddressesAsync(t)),
            List(Methods.Changes, c => c.Changes, (s, a, t) => s.ListAsync(a.Since, t)),
            List(
                Methods.Usage,
                c => c.Usage,
                (s, a, t) => s.ReadAsync(a.Servers, a.From, a.Until, t).SelectMany(batch => batch)
            ),
            Ask(Methods.OpenConsole, c => c.Console, (s, a, t) => s.OpenAsync(a.Id, t)),
            Ask(Methods.Capacity, c => c.Capacity, (s, _, t) => s.GetAsync(t)),
        ];

    private static AskedCall<TService, TArguments, TAnswer> Ask<TService, TArguments, TAnswer>(
        Method<TArguments, TAnswer> method,
        Func<ICloudAdapter, TService?> service,
        Func<TService, TArguments, CancellationToken, Task<TAnswer>> run
    )
        where TService : class => new(method, service, run);

    private static AskedCall<TService, TArguments, Nothing> Tell<TService, TArguments>(
        Method<TArguments, Nothing> method,
        Func<ICloudAdapter, TService?> service,
        Func<TService, TArguments, CancellationToken, Task> run
    )
        where TService : class =>
        new(
            method,
            service,
            async (s, a, t) =>
            {
                await run(s, a, t);
                return Nothing.Value;
            }
        );

    private static ListedCall<TService, TArguments, TItem> List<TService, TArguments, TItem>(
        Listing<TArguments, TItem> method,
        Func<ICloudAdapter, TService?> service,
        Func<TService, TArguments, CancellationToken, IAsyncEnumerable<TItem>> list
    )
        where TService : class => new(method, service, list);

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private sealed record FourWays<TSpec, TThing>(
        Func<TSpec, OperationKey, CancellationToken, Task<TThing>> Create,
        Func<OperationKey, CancellationToken, Task<TThing?>> Find,
        Func<NativeId, CancellationToken, Task<TThing>> Get,
        Func<NativeId, CancellationToken, Task> Delete
    );
}
