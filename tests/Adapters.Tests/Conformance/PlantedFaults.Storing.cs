using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>Faults of volumes, of what is watched, of keys, of refusals and of the clean-up.</summary>
internal static partial class PlantedFaults
{
    private static IEnumerable<Fault> Storing()
    {
        yield return Volumes(
            "volumes.come-as-ordered",
            "it comes in another type",
            "GetAsync",
            Answer<CloudVolume>(it => it with { Type = "hdd" })
        );
        yield return Volumes(
            "volumes.grow",
            "growing does nothing",
            "ExtendAsync",
            (arguments, real) => (int)arguments[1]! > 10 ? Task.CompletedTask : real()
        );
        yield return Volumes(
            "volumes.never-shrink",
            "it seems to shrink",
            "ExtendAsync",
            (_, real) => SwallowAsync((Task)real()!, FailureKind.InvalidRequest)
        );
        yield return Snapshots(
            "volumes.have-snapshots",
            "the snapshot is of another volume",
            "GetAsync",
            Answer<CloudSnapshot>(it => it with { Volume = new NativeId("other") })
        );
        yield return Attachment(
            "volumes.attach",
            "attaching again fails",
            "AttachAsync",
            Again("attached already", (arguments, seen) => !seen.Add((arguments[0], arguments[1])))
        );
        yield return Attachment(
            "volumes.attached-elsewhere-are-refused",
            "it says that it attached it",
            "AttachAsync",
            (_, real) => SwallowAsync((Task)real()!, FailureKind.Conflict)
        );
        yield return Volumes(
            "volumes.attached-are-not-deleted",
            "it says that it deleted it",
            "DeleteAsync",
            (_, real) => SwallowAsync((Task)real()!, FailureKind.Conflict)
        );
        yield return Attachment(
            "volumes.detach",
            "detaching does nothing",
            "DetachAsync",
            Once((_, _) => Task.CompletedTask)
        );
    }

    private static readonly CloudNetwork Stray = new()
    {
        Id = new NativeId("n-stray"),
        Name = "stray",
        State = CloudState.Active,
        Cidr = "10.66.0.0/24",
    };

    private static IEnumerable<Fault> Watching()
    {
        var lists = 0;
        yield return Listing<CloudNetwork>(
            "inventory.comes-to-its-end",
            "the first listing gives pages for ever",
            "ListNetworksAsync",
            all => lists++ == 0 ? Enumerable.Repeat(Stray, int.MaxValue).ToAsyncEnumerable() : all
        );
        yield return Volumes(
            "inventory.looks-show-what-was-asked",
            "a key finds what another key made",
            "FindAsync",
            Answer<CloudVolume?>(it => it is null ? null : it with { Key = new OperationKey("another-tenants") })
        );
        yield return Listing<CloudServer>(
            "inventory.servers",
            "pages overlap",
            "ListServersAsync",
            all => all.SelectMany(it => new[] { it, it })
        );
        yield return Listing<CloudVolume>(
            "inventory.volumes",
            "it does not show what holds a volume",
            "ListVolumesAsync",
            all => all.Select(it => it with { AttachedTo = null })
        );
        yield return Listing<CloudAddress>(
            "inventory.networks-and-addresses",
            "it does not show what an address is bound to",
            "ListAddressesAsync",
            all => all.Select(it => it with { BoundTo = null })
        );
        yield return Changes(
            "inventory.changes-show-what-was-made",
            "it tells only of the gone",
            it => it.Server is null
        );
        yield return Changes(
            "inventory.changes-show-what-was-deleted",
            "it never tells of the gone",
            it => it.Server is not null
        );
        yield return Usage(
            "usage.comes-in-whole-slots",
            "samples of a server nobody asked for",
            (_, from) => new UsageSample(new NativeId("other"), from, 1, 1, 1, null, null)
        );
        yield return Usage(
            "usage.values-are-in-range",
            "memory in percent of what is free",
            (server, _) => new UsageSample(server, new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero), 1, 900, 1, null, null)
        );
        yield return Usage(
            "usage.percent-of-what-was-allocated",
            "percent of one core instead of all",
            (server, _) => new UsageSample(server, new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero), 300, 1, 1, null, null)
        );
        yield return new(
            "usage.capacity-adds-up",
            "more is taken than there is",
            Cloud<ICapacitySource>(
                cloud => cloud.Capacity!,
                "GetAsync",
                Answer<PoolCapacity>(it => it with { VcpusTotal = 4, VcpusUsed = 5 }),
                (cloud, it) => new TwistedCloud(cloud) { Capacity = it }
            )
        );
    }

    private static IEnumerable<Fault> Repeating()
    {
        yield return Servers(
            "idempotency.servers",
            "a used key makes one more",
            "CreateAsync",
            Forgetting("mock-t-srv-1")
        );
        yield return Volumes(
            "idempotency.volumes",
            "a used key makes one more",
            "CreateAsync",
            Forgetting("mock-t-vol-1")
        );
        yield return Snapshots(
            "idempotency.snapshots",
            "a used key takes one more",
            "CreateAsync",
            Forgetting("mock-t-snap-2")
        );
        yield return Networks(
            "idempotency.networks",
            "a used key makes one more",
            "CreateAsync",
            Forgetting("mock-t-net-2")
        );
        yield return Addresses(
            "idempotency.addresses",
            "a used key allocates one more",
            "CreateAsync",
            Forgetting("mock-t-eip-1")
        );
        yield return Servers("idempotency.at-once", "a key in flight is not seen", "CreateAsync", Racing());
    }

    private static IEnumerable<Fault> Refusing()
    {
        yield return Networks(
            "errors.unknown-things-are-not-found",
            "an unknown network is an invalid request",
            "GetAsync",
            (arguments, real) =>
                IsUnknown(arguments) ? throw new AdapterException(FailureKind.InvalidRequest, "what?") : real()
        );
        yield return Volumes(
            "errors.deleting-the-unknown-is-success",
            "an unknown volume is not found",
            "DeleteAsync",
            (arguments, real) =>
                IsUnknown(arguments) ? throw new AdapterException(FailureKind.NotFound, "there is none") : real()
        );
        yield return Spec<ServerSpec>(
            "errors.unknown-flavour-is-invalid",
            "it takes the nearest flavour",
            spec => Guid.TryParse(spec.Flavour, out _) ? spec with { Flavour = "m1-1" } : spec
        );
        yield return Spec<ServerSpec>(
            "errors.unknown-image-is-invalid",
            "it takes another image",
            spec => Guid.TryParse(spec.Image, out _) ? spec with { Image = "uos-20" } : spec
        );
        yield return Spec<VolumeSpec>(
            "errors.unknown-volume-type-is-invalid",
            "it takes another type",
            spec => Guid.TryParse(spec.Type, out _) ? spec with { Type = "hdd" } : spec
        );
        yield return Servers(
            "errors.deleted-servers-are-gone",
            "deleting it again fails",
            "DeleteAsync",
            Again("there is none", (arguments, seen) => !IsUnknown(arguments) && !seen.Add(arguments[0]))
        );
        yield return Volumes(
            "errors.deleted-volumes-are-gone",
            "deleting it again fails",
            "DeleteAsync",
            Again("there is none", (it, seen) => Is(it, "mock-t-vol-3") && !seen.Add(it[0]))
        );
        yield return Spec<VolumeSpec>(
            "limits.largest-volume",
            "it makes the largest there is",
            spec => spec with { SizeGiB = Math.Min(spec.SizeGiB, 32_768) }
        );
        yield return Spec<VolumeSpec>(
            "limits.names-keep-chinese",
            "what is not ASCII is lost",
            spec => spec with { Name = new string([.. spec.Name.Where(char.IsAscii)]) }
        );
    }

    private static IEnumerable<Fault> Cleaning()
    {
        yield return Addresses(
            "clean-up.removes-everything",
            "it says that it may not although it does",
            "DeleteAsync",
            (arguments, real) => IsUnknown(arguments) ? real() : ForbiddenAsync((Task)real()!)
        );
        yield return new(
            "clean-up.leaves-nothing",
            "a network shows on after it is gone",
            cloud =>
            {
                List<CloudNetwork> seen = [];
                return new TwistedCloud(cloud)
                {
                    Inventory = Twist<IInventory>.Of(
                        cloud.Inventory!,
                        "ListNetworksAsync",
                        (_, real) => Haunted((IAsyncEnumerable<CloudNetwork>)real()!, seen)
                    ),
                };
            }
        );
    }

    private static async IAsyncEnumerable<CloudNetwork> Haunted(
        IAsyncEnumerable<CloudNetwork> networks,
        List<CloudNetwork> seen
    )
    {
        List<CloudNetwork> now = await networks.ToListAsync(None);
        foreach (var network in now.Concat(seen.Where(ghost => now.TrueForAll(it => it.Id != ghost.Id))))
        {
            yield return network;
        }

        seen.AddRange(now.Where(it => seen.TrueForAll(ghost => ghost.Id != it.Id)));
    }
}
