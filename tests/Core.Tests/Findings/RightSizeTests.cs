using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Pools;
using CsCheck;

namespace CloudManager.Core.Tests.Findings;

/// <summary>The smallest size whose p95 demand stays under the target, both CPU and memory (art. 19(4)).</summary>
public sealed class RightSizeTests
{
    private const double Target = 80;

    private static readonly CatalogueItem Item = new()
    {
        Code = "ecs-general",
        Name = "云服务器",
        NameEn = "server",
        Category = "compute",
        Kind = ItemKind.Server,
        Components = [new("vcpu", "元/核/月", 30m), new("memory", "元/GB/月", 10m)],
        Limits = new SpecLimits { Vcpus = [1, 16], MemoryGiB = [2, 64] },
    };

    private static readonly IReadOnlyList<ServerSize> Sizes = RightSize.OnOffer(
        Item,
        Mapping((2, 4), (4, 8), (2, 16), (8, 16), (8, 32), (32, 64), (16, 64), (4, 8))
    );

    [Fact]
    public void Sizes_on_offer_are_within_the_items_limits_each_once_cheapest_first() =>
        Assert.Equal([new(2, 4), new(4, 8), new(2, 16), new(8, 16), new(8, 32), new ServerSize(16, 64)], Sizes);

    [Theory]
    [InlineData("both small", 4, 8, 10, 20, 2, 4)]
    [InlineData("memory decides", 4, 8, 10, 90, 2, 16)]
    [InlineData("the size in use fits as it is", 4, 8, 60, 60, 4, 8)]
    [InlineData("too small for its load", 4, 8, 95, 50, 8, 16)]
    [InlineData("exactly at the target is not under it", 2, 4, 80, 10, 4, 8)]
    [InlineData("just under the target", 2, 4, 79.99, 10, 2, 4)]
    [InlineData("over 100 % of the memory, as real servers have it", 2, 4, 10, 130, 4, 8)]
    public void Finds_the_cheapest_size_that_serves_the_demand(
        string because,
        int vcpus,
        int memory,
        double cpuPercent,
        double memoryPercent,
        int rightVcpus,
        int rightMemory
    )
    {
        var demand = Demand.Of(new ServerSize(vcpus, memory), cpuPercent, memoryPercent);

        var right = RightSize.Find(Sizes, demand, Target);

        Assert.True(new ServerSize(rightVcpus, rightMemory) == right, $"{because}: {right}");
    }

    [Fact]
    public void Nothing_on_offer_is_large_enough() =>
        Assert.Null(RightSize.Find(Sizes, Demand.Of(new ServerSize(16, 64), 90, 10), Target));

    [Fact]
    public void Sizes_of_other_items_are_not_on_offer()
    {
        var mapping = Mapping((2, 4)) with { Flavours = [new FlavourRule(["ecs-arm"], new ServerSize(2, 4), "a2")] };

        Assert.Empty(RightSize.OnOffer(Item, mapping));
    }

    [Fact]
    public void What_is_found_fits_and_nothing_cheaper_does() =>
        Gen.Select(Gen.Double[0, 40], Gen.Double[0, 80])
            .Sample(
                (vcpus, memory) =>
                {
                    var demand = new Demand(vcpus, memory);
                    var right = RightSize.Find(Sizes, demand, Target);
                    var before = right is { } found ? Sizes.TakeWhile(s => s != found) : Sizes;
                    return (right is null || demand.Fits(right.Value, Target))
                        && before.All(s => !demand.Fits(s, Target));
                }
            );

    private static PoolMapping Mapping(params (int Vcpus, int Memory)[] sizes) =>
        new(
            [.. sizes.Select(s => new FlavourRule([], new ServerSize(s.Vcpus, s.Memory), $"m{s.Vcpus}-{s.Memory}"))],
            new Dictionary<string, string>(),
            new Dictionary<string, string>(),
            null
        );
}
