using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Inventory;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Tests.Inventory;

public sealed class CompareThingTests
{
    private static readonly DateTimeOffset Listed = new(2026, 9, 30, 2, 0, 0, TimeSpan.Zero);
    private static readonly NativeId Host = new("srv-1");

    [Theory]
    [InlineData("runs as ordered", ItemKind.Server, CloudState.Active, ResourceState.InService, "")]
    [InlineData("off in service", ItemKind.Server, CloudState.Stopped, ResourceState.InService, "Drift Stopped")]
    [InlineData("off in test", ItemKind.Server, CloudState.Stopped, ResourceState.Testing, "Drift Stopped")]
    [InlineData("broken in service", ItemKind.Server, CloudState.Error, ResourceState.InService, "Drift Stopped")]
    [InlineData("off after its test", ItemKind.Server, CloudState.Stopped, ResourceState.TestEnded, "")]
    [InlineData("a volume is never off", ItemKind.Volume, CloudState.Stopped, ResourceState.InService, "")]
    [InlineData(
        "there though it ended",
        ItemKind.Server,
        CloudState.Active,
        ResourceState.Ended,
        "UnknownResource Unknown"
    )]
    public void A_state_is_drift_only_where_the_books_say_otherwise(
        string because,
        ItemKind kind,
        CloudState shown,
        ResourceState booked,
        string expected
    ) => Assert.True(expected == Shown(Thing(kind) with { State = shown }, Book(kind, booked)), because);

    [Theory]
    [InlineData("attached as the books say", ItemKind.Volume, true, "srv-1", "")]
    [InlineData("lost its server", ItemKind.Volume, true, null, "Orphan Unattached")]
    [InlineData("at another server", ItemKind.Volume, true, "srv-2", "Drift Elsewhere")]
    [InlineData("ordered alone and alone", ItemKind.Volume, false, null, "")]
    [InlineData("ordered alone, attached by somebody", ItemKind.Volume, false, "srv-2", "Drift Elsewhere")]
    [InlineData("an address lost its server", ItemKind.PublicAddress, true, null, "Orphan Unbound")]
    [InlineData("an address at another server", ItemKind.PublicAddress, true, "srv-2", "Drift Elsewhere")]
    public void What_is_attached_is_held_against_the_server_of_the_books(
        string because,
        ItemKind kind,
        bool isPart,
        string? attachedTo,
        string expected
    )
    {
        var thing = Thing(kind) with { AttachedTo = attachedTo is null ? null : new NativeId(attachedTo) };
        var booked = Book(kind, ResourceState.InService) with { Whole = isPart ? Host : null };

        Assert.True(expected == Shown(thing, booked), because);
    }

    [Theory]
    [InlineData("a server", ItemKind.Server, null, "UnknownResource Unknown")]
    [InlineData("an idle volume", ItemKind.Volume, null, "Orphan Unattached")]
    [InlineData("a volume in use", ItemKind.Volume, "srv-9", "UnknownResource Unknown")]
    [InlineData("an idle address", ItemKind.PublicAddress, null, "Orphan Unbound")]
    [InlineData("an address in use", ItemKind.PublicAddress, "srv-9", "UnknownResource Unknown")]
    [InlineData("a network that clouds come with", ItemKind.Network, null, "")]
    public void What_the_books_do_not_know_is_unknown_or_idle(
        string because,
        ItemKind kind,
        string? attachedTo,
        string expected
    )
    {
        var thing = Thing(kind) with { AttachedTo = attachedTo is null ? null : new NativeId(attachedTo) };

        Assert.True(expected == Shown(thing, null), because);
    }

    [Theory]
    [InlineData("more cores", 8, 8, "Drift Resized")]
    [InlineData("less memory", 4, 4, "Drift Resized")]
    [InlineData("as ordered", 4, 8, "")]
    public void A_size_changed_outside_is_found(string because, int vcpus, int memoryGiB, string expected)
    {
        var thing = Thing(ItemKind.Server) with { Vcpus = vcpus, MemoryGiB = memoryGiB };

        Assert.True(expected == Shown(thing, Book(ItemKind.Server, ResourceState.InService)), because);
    }

    [Fact]
    public void A_bandwidth_the_cloud_does_not_tell_is_no_drift()
    {
        var thing = Thing(ItemKind.PublicAddress) with { BandwidthMbps = null, AttachedTo = Host };
        var booked = Book(ItemKind.PublicAddress, ResourceState.InService) with { Whole = Host };

        Assert.Equal("", Shown(thing, booked));
        Assert.Equal("Drift Resized", Shown(thing with { BandwidthMbps = 50 }, booked));
    }

    [Fact]
    public void A_name_is_held_against_the_one_it_was_given_or_taken_over_with()
    {
        var booked = Book(ItemKind.Server, ResourceState.InService);
        var thing = Thing(ItemKind.Server) with { Name = "legacy" };

        Assert.Equal("Drift Renamed", Shown(thing, booked));
        Assert.Equal("", Shown(thing, booked with { TakenName = "legacy" }));
    }

    [Fact]
    public void What_is_in_work_or_pending_is_not_judged()
    {
        var off = Thing(ItemKind.Server) with { State = CloudState.Stopped };
        var booked = Book(ItemKind.Server, ResourceState.InService);

        Assert.Null(Judge(off, booked with { OrderEndedAt = null }));
        Assert.Null(Judge(off, booked with { OrderEndedAt = Listed.AddSeconds(1) }));
        Assert.Null(Judge(off with { State = CloudState.Pending }, booked));
        Assert.NotNull(Judge(off, booked with { OrderEndedAt = Listed }));
    }

    private static string Shown(CloudThing thing, Booked? booked) =>
        string.Join(", ", Judge(thing, booked)!.Select(s => $"{s.Kind} {s.Detail}"));

    private static IReadOnlyList<Core.Findings.Sighting>? Judge(CloudThing thing, Booked? booked) =>
        CompareThing.Judge(thing, booked, Pool, Listed);

    private static CloudThing Thing(ItemKind kind) =>
        new()
        {
            Kind = kind,
            Id = new("thing-1"),
            Name = "hr-portal-res-000001",
            State = CloudState.Active,
            Vcpus = kind == ItemKind.Server ? 4 : null,
            MemoryGiB = kind == ItemKind.Server ? 8 : null,
            SizeGiB = kind == ItemKind.Volume ? 100 : null,
            BandwidthMbps = kind == ItemKind.PublicAddress ? 10 : null,
        };

    private static Booked Book(ItemKind kind, ResourceState state) =>
        new(
            new Resource
            {
                Id = new(1),
                Kind = kind,
                Tenant = "tenant-a",
                System = "hr-portal",
                Region = "430000",
                Pool = Pool.Id,
                Provider = Pool.Provider,
                Item = "item",
                Spec = new Spec
                {
                    Vcpus = kind == ItemKind.Server ? 4 : null,
                    MemoryGiB = kind == ItemKind.Server ? 8 : null,
                    SizeGiB = kind == ItemKind.Server ? 40 : 100,
                    BandwidthMbps = 10,
                },
                State = state,
                Request = new(1),
                Line = 1,
                WorkOrder = new(1),
                NativeId = new("thing-1"),
                CreatedAt = Listed.AddDays(-1),
            },
            null,
            Listed.AddDays(-1),
            null
        );

    private static Pool Pool { get; } =
        new()
        {
            Id = new("mock-a"),
            Name = "mock-a",
            Provider = "provider-a",
            Region = "430000",
            Kind = PoolKind.New,
            Adapter = "Mock",
            Settings = default,
            Limits = PoolLimits.Default,
            Mapping = new PoolMapping([], new Dictionary<string, string>(), new Dictionary<string, string>(), null),
        };
}
