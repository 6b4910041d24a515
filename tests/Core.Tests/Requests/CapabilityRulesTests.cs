using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Tests.Requests;

/// <summary>What a pool does not offer is refused by the capability, with the reason and the limit.</summary>
public sealed class CapabilityRulesTests
{
    private static readonly Spec Large = new()
    {
        SizeGiB = 4000,
        BandwidthMbps = 300,
        Vcpus = 3,
        MemoryGiB = 7,
        Image = "x",
    };

    [Theory]
    [InlineData("called", true, false, true)]
    [InlineData("done by people", false, true, true)]
    [InlineData("neither", false, false, false)]
    public void What_is_called_or_done_by_people_can_be_ordered(
        string because,
        bool called,
        bool byHand,
        bool orderable
    )
    {
        var capability = new PoolCapability("servers", called, null) { ByHand = byHand };
        Assert.True(orderable == capability.Orderable, because);
    }

    [Fact]
    public void What_is_not_known_is_not_refused() =>
        Assert.True(new PoolCapability("servers", false, "cannot be opened") { IsKnown = false }.Orderable);

    [Theory]
    [InlineData(ItemKind.Server, "servers")]
    [InlineData(ItemKind.Volume, "volumes")]
    [InlineData(ItemKind.PublicAddress, "addresses")]
    [InlineData(ItemKind.Network, "networks")]
    public void Art16_A_thing_the_pool_does_not_make_is_refused_with_the_reason(ItemKind kind, string capability)
    {
        var check = new Check();
        CapabilityRules.Make(Offer(Missing(capability)), kind, new Spec(), "lines[2].spec", check);

        var fault = Assert.Single(check.Faults);
        Assert.Equal(("lines[2].pool", "pool.cannotOrder", capability), (fault.Path, fault.Code, fault.Capability));
        Assert.Contains("none here", fault.Expected.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ItemKind.Volume, "volumes", "lines[0].spec.sizeGiB", 2000)]
    [InlineData(ItemKind.PublicAddress, "addresses", "lines[0].spec.bandwidthMbps", 200)]
    public void Art16_A_thing_larger_than_the_pools_largest_is_refused_with_the_limit(
        ItemKind kind,
        string capability,
        string path,
        int limit
    )
    {
        var check = new Check();
        CapabilityRules.Make(Offer(new(capability, true, null) { Limit = limit }), kind, Large, "lines[0].spec", check);

        var fault = Assert.Single(check.Faults);
        Assert.Equal(
            (path, "pool.overLimit", capability, limit),
            (fault.Path, fault.Code, fault.Capability, fault.Limit)
        );
        Assert.Contains($"{limit}", fault.Expected.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ItemKind.Volume, "attachment")]
    [InlineData(ItemKind.PublicAddress, "binding")]
    public void Art16_What_goes_to_a_server_needs_a_pool_that_joins(ItemKind kind, string capability)
    {
        var pools = new OnePool([Missing(capability)]);
        var check = new Check();
        CapabilityRules.Join(pools, [Line(1, ItemKind.Server), Line(2, kind)], check);
        var alone = new Check();
        CapabilityRules.Join(pools, [Line(1, kind)], alone);

        var fault = Assert.Single(check.Faults);
        Assert.Equal(("lines[1].spec.attachTo", capability), (fault.Path, fault.Capability));
        Assert.Empty(alone.Faults);
    }

    [Fact]
    public void People_without_tables_make_any_size_image_and_volume_and_with_tables_only_theirs()
    {
        var byHand = new PoolCapability("servers", false, null) { ByHand = true };
        var server = Item(ItemKind.Server, "ecs");
        var free = new Check();
        SpecRules.Examine(Large with { SizeGiB = null, BandwidthMbps = null }, server, Offer(byHand), "spec", free);
        SpecRules.Examine(new() { SizeGiB = 50 }, Item(ItemKind.Volume, "vol"), Offer(byHand), "spec", free);
        Assert.Empty(free.Faults);

        var mapping = OnePool.Empty with { Flavours = [new FlavourRule([], new ServerSize(4, 8), "m")] };
        var bound = new Check();
        var pool = new OnePool([byHand], mapping);
        SpecRules.Examine(
            Large with
            {
                SizeGiB = null,
                BandwidthMbps = null,
            },
            server,
            new(pool, pool.Pool),
            "spec",
            bound
        );
        Assert.Equal(("size.notOffered", "servers"), (bound.Faults[0].Code, bound.Faults[0].Capability));
    }

    [Fact]
    public void An_image_must_be_named_even_where_people_take_any()
    {
        var check = new Check();
        var byHand = new PoolCapability("servers", false, null) { ByHand = true };
        SpecRules.Examine(
            new() { Vcpus = 3, MemoryGiB = 7 },
            Item(ItemKind.Server, "ecs"),
            Offer(byHand),
            "spec",
            check
        );
        Assert.Equal("spec.image", Assert.Single(check.Faults).Path);
    }

    [Theory]
    [InlineData("a pool that makes them", true, null, true, 4000)]
    [InlineData("a pool with a smaller limit", true, 2000, true, 2000)]
    [InlineData("a pool that makes none", false, null, false, 4000)]
    public void Art11_an_item_says_whether_it_can_be_ordered_and_how_large(
        string because,
        bool available,
        int? limit,
        bool orderable,
        int largest
    )
    {
        var volumes = new PoolCapability("volumes", available, available ? null : "none here") { Limit = limit };
        var mapping = OnePool.Empty with { VolumeTypes = new Dictionary<string, string> { ["vol"] = "ssd" } };
        var pool = new OnePool([volumes], mapping);
        var item = Item(ItemKind.Volume, "vol") with { Limits = new() { SizeGiB = [10, 4000] } };

        var offer = new OfferRules(Terms(pool, item), pool.Pool).Of(item);

        Assert.True((orderable, largest) == (offer.Orderable, offer.LargestSizeGiB), because);
        Assert.Equal(available ? (null, null) : ("pool.cannotOrder", "volumes"), (offer.Code, offer.Capability));
        Assert.Equal(available, offer.Changing!.Orderable);
    }

    [Fact]
    public void Art11_the_sizes_of_an_item_are_those_its_limits_allow()
    {
        var mapping = OnePool.Empty with
        {
            Flavours =
            [
                new FlavourRule([], new ServerSize(4, 8), "m"),
                new FlavourRule([], new ServerSize(64, 512), "xl"),
                new FlavourRule(["other"], new ServerSize(2, 4), "s"),
            ],
        };
        var pool = new OnePool([new("servers", true, null)], mapping);
        var item = Item(ItemKind.Server, "ecs") with { Limits = new() { Vcpus = [1, 32] } };

        var offer = new OfferRules(Terms(pool, item), pool.Pool).Of(item);

        Assert.Equal(["4C8G"], offer.Sizes!);
        Assert.Equal((false, "image.unknown"), (offer.Orderable, offer.Code));
    }

    private static PoolCapability Missing(string name) => new(name, false, "none here");

    private static PoolOffer Offer(PoolCapability capability)
    {
        var pools = new OnePool([capability]);
        return new PoolOffer(pools, pools.Pool);
    }

    private static OrderingTerms Terms(OnePool pool, CatalogueItem item) =>
        new(
            new CatalogueEdition("2026", new DateOnly(2026, 1, 1), null, [item]),
            [
                new Contract
                {
                    Number = "c",
                    Provider = "p",
                    From = new DateOnly(2026, 1, 1),
                    Until = new DateOnly(2029, 1, 1),
                    Prices = [.. item.Components.Select(c => new ContractPrice(item.Code, c.Name, 1m))],
                },
            ],
            pool,
            new Dictionary<PoolId, PoolStatus> { [pool.Pool.Id] = PoolStatus.Active }
        );

    private static CatalogueItem Item(ItemKind kind, string code) =>
        new()
        {
            Code = code,
            Name = code,
            NameEn = code,
            Category = "test",
            Kind = kind,
            Components = [new PriceComponent("storage", "元/GB/月", 1m)],
        };

    private static RequestLine Line(int no, ItemKind kind) =>
        new()
        {
            No = no,
            Item = "item",
            Kind = kind,
            Quantity = 1,
            Pool = new("a"),
            Provider = "p",
            Spec = new Spec(),
        };

    private sealed class OnePool(IReadOnlyList<PoolCapability> capabilities, PoolMapping? mapping = null) : IPools
    {
        public static readonly PoolMapping Empty = new(
            [],
            new Dictionary<string, string>(),
            new Dictionary<string, string>(),
            null
        );

        public Pool Pool { get; } =
            new()
            {
                Id = new("a"),
                Name = "a",
                Provider = "p",
                Region = "430000",
                Kind = PoolKind.New,
                Adapter = "x",
                Settings = JsonElement.Parse("{}"),
                Limits = PoolLimits.Default,
                Mapping = mapping ?? Empty,
            };

        public IReadOnlyList<Pool> Declared => [Pool];

        public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool)
        {
            pool = id == Pool.Id ? Pool : null;
            return pool is not null;
        }

        public ICloudAdapter Open(PoolId id) => throw new AdapterException(FailureKind.Unavailable, "not asked");

        public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => capabilities;
    }
}
