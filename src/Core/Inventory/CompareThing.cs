using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Inventory;

/// <summary>
/// Holds what the cloud shows against what the books say (art. 14). It asks nobody anything; what is in work is not
/// judged at all.
/// </summary>
internal static class CompareThing
{
    /// <summary>The kinds of finding that the inventory judges.</summary>
    public static readonly IReadOnlyList<FindingKind> Kinds =
    [
        FindingKind.Orphan,
        FindingKind.UnknownResource,
        FindingKind.Drift,
    ];

    /// <summary>What there is to find of a thing in the cloud; null if it cannot be judged now.</summary>
    /// <param name="thing">What the cloud shows.</param>
    /// <param name="booked">What the books say; null if they do not know it.</param>
    /// <param name="pool">Where.</param>
    /// <param name="listedAt">When the listing began.</param>
    public static IReadOnlyList<Sighting>? Judge(CloudThing thing, Booked? booked, Pool pool, DateTimeOffset listedAt)
    {
        if (thing.State == CloudState.Pending || booked?.IsInWork(listedAt) == true)
        {
            return null;
        }

        if (booked is { Resource: { State: ResourceState.Cleaning, ServiceStart: not null } })
        {
            // Its reclaim order (回收工单, art. 21) failed and waits for a decision: it is its tenant's until it is gone.
            return [];
        }

        return booked is not { Resource.IsHeld: true } ? Unknown(thing, booked, pool) : Known(thing, booked);
    }

    /// <summary>A resource of the books that a full listing did not show.</summary>
    public static Sighting Gone(Booked booked) =>
        new(
            FindingKind.Drift,
            FindingDetail.Gone,
            SubjectOf(booked, ExpectedName(booked)),
            ScopeOf(booked.Resource),
            new Evidence(FactsOf(booked), null)
        );

    /// <summary>The ids under which findings about a thing may be open: as unknown, and as a resource.</summary>
    public static IEnumerable<string> Ids(CloudThing thing, Booked? booked) =>
        booked is null ? [thing.Id.Value] : [thing.Id.Value, booked.Resource.Id.ToString()];

    private static IReadOnlyList<Sighting> Unknown(CloudThing thing, Booked? booked, Pool pool)
    {
        // Networks that pools share or that clouds come with are nobody's: they cost nothing and are not accounted for.
        if (thing.Kind == ItemKind.Network)
        {
            return [];
        }

        var idle = thing.Kind != ItemKind.Server && thing.AttachedTo is null;
        var (kind, detail) = idle
            ? (FindingKind.Orphan, Idle(thing.Kind))
            : (FindingKind.UnknownResource, FindingDetail.Unknown);
        return
        [
            new Sighting(
                kind,
                detail,
                FindingSubject.Of(thing.Kind, thing.Id.Value, pool.Id, thing.Name),
                new FindingScope(booked?.Resource.Tenant, pool.Provider, booked?.Resource.Region ?? pool.Region)
                {
                    System = booked?.Resource.System,
                },
                new Evidence(booked is null ? null : FactsOf(booked), thing.Facts)
            ),
        ];
    }

    private static IReadOnlyList<Sighting> Known(CloudThing thing, Booked booked)
    {
        var found = new List<Sighting>();
        Add(FindingKind.Drift, FindingDetail.Stopped, IsOff(thing, booked.Resource));
        Add(FindingKind.Drift, FindingDetail.Resized, IsResized(thing, booked.Resource.Spec));
        Add(FindingKind.Drift, FindingDetail.Renamed, HasName(thing.Kind) && thing.Name != ExpectedName(booked));
        if (thing.Kind is ItemKind.Volume or ItemKind.PublicAddress)
        {
            Add(FindingKind.Orphan, Idle(thing.Kind), booked.Whole is not null && thing.AttachedTo is null);
            Add(
                FindingKind.Drift,
                FindingDetail.Elsewhere,
                thing.AttachedTo is not null && thing.AttachedTo != booked.Whole
            );
        }

        return found;

        void Add(FindingKind kind, FindingDetail detail, bool isSo)
        {
            if (isSo)
            {
                var evidence = new Evidence(FactsOf(booked), thing.Facts);
                found.Add(new(kind, detail, SubjectOf(booked, thing.Name), ScopeOf(booked.Resource), evidence));
            }
        }
    }

    /// <summary>A server whose test has ended is rightly off.</summary>
    private static bool IsOff(CloudThing thing, Resource resource) =>
        thing.Kind == ItemKind.Server
        && resource.State != ResourceState.TestEnded
        && thing.State is CloudState.Stopped or CloudState.Error;

    private static bool IsResized(CloudThing thing, Spec spec) =>
        thing.Kind switch
        {
            ItemKind.Server => thing.Vcpus != spec.Vcpus || thing.MemoryGiB != spec.MemoryGiB,
            ItemKind.Volume => thing.SizeGiB != spec.SizeGiB,
            ItemKind.PublicAddress => thing.BandwidthMbps is { } bandwidth && bandwidth != spec.BandwidthMbps,
            _ => false,
        };

    private static bool HasName(ItemKind kind) => kind != ItemKind.PublicAddress;

    private static FindingDetail Idle(ItemKind kind) =>
        kind == ItemKind.Volume ? FindingDetail.Unattached : FindingDetail.Unbound;

    /// <summary>The name it has in the cloud by the books.</summary>
    internal static string ExpectedName(Booked booked) => booked.TakenName ?? Creating.NameOf(booked.Resource);

    private static FindingSubject SubjectOf(Booked booked, string name) =>
        FindingSubject.Of(booked.Resource.Kind, booked.Resource.Id.ToString(), booked.Resource.Pool, name);

    private static FindingScope ScopeOf(Resource resource) =>
        new(resource.Tenant, resource.Provider, resource.Region) { System = resource.System };

    private static SubjectFacts FactsOf(Booked booked)
    {
        var resource = booked.Resource;
        return new SubjectFacts
        {
            Name = ExpectedName(booked),
            State = Words.Camel(resource.State),
            NativeId = resource.NativeId?.Value,
            Vcpus = resource.Spec.Vcpus,
            MemoryGiB = resource.Spec.MemoryGiB,
            SizeGiB = resource.Spec.SizeGiB,
            BandwidthMbps = resource.Spec.BandwidthMbps,
            Address = resource.Addresses.Count == 0 ? null : string.Join(", ", resource.Addresses),
            AttachedTo = booked.Whole?.Value,
        };
    }
}
