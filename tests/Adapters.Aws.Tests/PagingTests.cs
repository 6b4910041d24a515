using CloudManager.Adapters.Sdk;
using CloudManager.Labs.Aws;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>Listings of any length, and such as have no end. Alone, as memory is measured.</summary>
[Collection(nameof(Alone))]
public sealed class PagingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("the same token each time", 1)]
    [InlineData("two tokens in turn", 2)]
    [InlineData("five tokens in turn", 5)]
    public async Task A_listing_that_names_a_page_again_throws(string because, int tokens)
    {
        var asked = 0;
        await using var server = new WireServer(_ => Task.FromResult(Page($"t{asked++ % tokens}")));
        await using var adapter = WireFaultTests.Open(server.Address);

        var failure = await Assert.ThrowsAsync<AdapterException>(async () =>
            await adapter.Inventory!.ListServersAsync(None).ToListAsync(None)
        );

        Assert.True(failure.Kind == FailureKind.Unavailable, because);
        Assert.Contains("DescribeInstances does not go on", failure.Message, StringComparison.Ordinal);
        Assert.Equal(tokens + 1, asked);
    }

    [Fact]
    public async Task A_listing_without_an_end_throws()
    {
        var read = 0;
        var listing = Pages.EachAsync("DescribeThings", _ => Task.FromResult(new Page<int>([1], $"t{read++}")), None);

        var failure = await Assert.ThrowsAsync<AdapterException>(async () => await listing.CountAsync(None));

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("does not end", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Pages.Most, read);
    }

    [Fact]
    public async Task A_page_that_fails_breaks_the_listing_off()
    {
        var asked = 0;
        await using var server = new WireServer(_ =>
            Task.FromResult(asked++ == 0 ? Page("t1") : new WireAnswer(500, "") { ContentType = "text/xml" })
        );
        await using var adapter = WireFaultTests.Open(server.Address);

        await Assert.ThrowsAsync<AdapterException>(async () =>
            await adapter.Inventory!.ListServersAsync(None).ToListAsync(None)
        );
    }

    [Fact]
    public async Task Empty_pages_in_between_are_passed_over()
    {
        var tokens = new Queue<string?>(["a", "b", null]);
        await using var server = new WireServer(_ => Task.FromResult(Page(tokens.Dequeue())));
        await using var adapter = WireFaultTests.Open(server.Address);

        Assert.Empty(await adapter.Inventory!.ListServersAsync(None).ToListAsync(None));
        Assert.Empty(tokens);
    }

    [Fact]
    public async Task Twenty_thousand_servers_take_twenty_pages_and_no_more_memory_than_a_thousand()
    {
        var options = new SimulatorOptions { PremadeServers = 20_000 };
        await using var cloud = await OnSimulator.StartAsync(options);
        var most = 0L;
        var early = 0L;
        var seen = new HashSet<string>();
        var count = 0;

        await foreach (var server in cloud.Adapter.Inventory!.ListServersAsync(None))
        {
            count++;
            if (count % 5_000 == 1_000)
            {
                seen.Add(server.Id.Value);
                var now = GC.GetTotalMemory(forceFullCollection: true);
                early = early == 0 ? now : early;
                most = Math.Max(most, now);
            }
        }

        Assert.Equal((20_000, 4), (count, seen.Count));
        Assert.Equal(20, cloud.Simulator.Counters.Of("DescribeInstances"));
        Assert.True(most - early < 16 << 20, $"{early >> 20} MiB after 1,000, {most >> 20} MiB at most");
    }

    private static WireAnswer Page(string? next) =>
        new(
            200,
            "<DescribeInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>"
                + $"<reservationSet/>{(next is null ? "" : $"<nextToken>{next}</nextToken>")}</DescribeInstancesResponse>"
        )
        {
            ContentType = "text/xml",
        };
}

/// <summary>Tests that run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
