using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using static CloudManager.Core.Provisioning.CloudSteps;

namespace CloudManager.Core.Provisioning;

/// <summary>Turns an ordered resource into the create call of its pool.</summary>
internal static class Creating
{
    public static async Task<Outcome> NetworkAsync(ICloudAdapter cloud, LeasedTask leased, CancellationToken token)
    {
        var spec = new NetworkSpec(NameOf(leased.Target), leased.Target.Spec.Cidr!);
        return Verifying.Network(await Need(cloud.Networks).CreateAsync(spec, leased.Task.Key, token));
    }

    public static async Task<Outcome> ServerAsync(
        ICloudAdapter cloud,
        Pool pool,
        LeasedTask leased,
        CancellationToken token
    )
    {
        var resource = leased.Target;
        var network = leased.Whole?.NativeId?.Value ?? pool.Mapping.DefaultNetwork;
        var spec = new ServerSpec
        {
            Name = NameOf(resource),
            Flavour = Flavour(pool, resource),
            Size = Size(resource),
            Image = pool.Mapping.Images.GetValueOrDefault(resource.Spec.Image!, resource.Spec.Image!),
            SystemDiskGiB = resource.Spec.SizeGiB!.Value,
            Network = network is null ? null : new NativeId(network),
        };
        var server = await Need(cloud.Servers).CreateAsync(spec, leased.Task.Key, token);
        return Verifying.Server(server, resource, stopped: false);
    }

    public static async Task<Outcome> VolumeAsync(
        ICloudAdapter cloud,
        Pool pool,
        LeasedTask leased,
        CancellationToken token
    )
    {
        var resource = leased.Target;
        var type = pool.Mapping.VolumeTypes.GetValueOrDefault(resource.Item, resource.Item);
        var spec = new VolumeSpec(NameOf(resource), resource.Spec.SizeGiB!.Value, type);
        return Verifying.Volume(await Need(cloud.Volumes).CreateAsync(spec, leased.Task.Key, token), resource);
    }

    public static async Task<Outcome> AddressAsync(ICloudAdapter cloud, LeasedTask leased, CancellationToken token)
    {
        var spec = new AddressSpec(NameOf(leased.Target), leased.Target.Spec.BandwidthMbps!.Value);
        return Verifying.Address(await Need(cloud.Addresses).CreateAsync(spec, leased.Task.Key, token));
    }

    public static ServerSize Size(Resource resource) => new(resource.Spec.Vcpus!.Value, resource.Spec.MemoryGiB!.Value);

    public static string Flavour(Pool pool, Resource resource) =>
        FlavourTable.Find(pool.Mapping, resource.Item, Size(resource))
        ?? throw new AdapterException(
            FailureKind.InvalidRequest,
            $"the pool's table has no flavour for {resource.Spec.Vcpus} vCPU and {resource.Spec.MemoryGiB} GiB"
        );

    /// <summary>The name a resource is given in the cloud.</summary>
    public static string NameOf(Resource resource) => $"{resource.System}-{resource.Id}";
}
