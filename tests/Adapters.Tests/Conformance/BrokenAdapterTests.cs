using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Adapters.Tests.Mock;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>Each check fails on the adapter that breaks its rule, and whatever is broken, the suite cleans up.</summary>
public sealed class BrokenAdapterTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<string, string, Func<ICloudAdapter, ICloudAdapter>> Broken() =>
        new()
        {
            {
                "it does not answer",
                "connect.answers",
                cloud => new TwistedCloud(cloud)
                {
                    Check = () => throw new AdapterException(FailureKind.Unauthenticated, "who are you?"),
                }
            },
            {
                "a listing breaks off as if it were complete",
                "offerings.name-what-is-ordered",
                cloud => new TwistedCloud(cloud)
                {
                    Offerings = Twist<IOfferings>.Of(
                        cloud.Offerings!,
                        "ListFlavoursAsync",
                        (_, real) => ((IAsyncEnumerable<CloudFlavour>)real()!).Take(2)
                    ),
                }
            },
            {
                "a server comes smaller than ordered",
                "servers.run-as-ordered",
                cloud =>
                    Servers(
                        cloud,
                        "CreateAsync",
                        (arguments, real) =>
                        {
                            arguments[0] = (ServerSpec)arguments[0]! with
                            {
                                Flavour = SmallUnlessUnknown(arguments[0]!),
                            };
                            return real();
                        }
                    )
            },
            {
                "stopping does nothing",
                "servers.are-switched",
                cloud => new TwistedCloud(cloud)
                {
                    Power = Twist<IServerPower>.Of(cloud.Power!, "StopAsync", (_, _) => Task.CompletedTask),
                }
            },
            {
                "a volume seems to shrink",
                "volumes.grow-and-never-shrink",
                cloud => new TwistedCloud(cloud)
                {
                    Volumes = Twist<IVolumeService>.Of(
                        cloud.Volumes!,
                        "ExtendAsync",
                        (arguments, real) => (int)arguments[1]! == 10 ? Task.CompletedTask : real()
                    ),
                }
            },
            {
                "attaching does nothing",
                "volumes.attach-and-detach",
                cloud => new TwistedCloud(cloud)
                {
                    Attachment = Twist<IVolumeAttachment>.Of(
                        cloud.Attachment!,
                        "AttachAsync",
                        (_, _) => Task.CompletedTask
                    ),
                }
            },
            {
                "a network comes with another range",
                "networks.come-and-go",
                cloud => new TwistedCloud(cloud)
                {
                    Networks = Twist<INetworkService>.Of(
                        cloud.Networks!,
                        "CreateAsync",
                        (arguments, real) =>
                        {
                            arguments[0] = (NetworkSpec)arguments[0]! with { Cidr = "10.99.0.0/24" };
                            return real();
                        }
                    ),
                }
            },
            {
                "binding does nothing",
                "addresses.bind-and-unbind",
                cloud => new TwistedCloud(cloud)
                {
                    Binding = Twist<IAddressBinding>.Of(cloud.Binding!, "BindAsync", (_, _) => Task.CompletedTask),
                }
            },
            {
                "pages overlap",
                "inventory.shows-each-thing-once",
                cloud => new TwistedCloud(cloud)
                {
                    Inventory = Twist<IInventory>.Of(
                        cloud.Inventory!,
                        "ListServersAsync",
                        (_, real) => Overlapping((IAsyncEnumerable<CloudServer>)real()!)
                    ),
                }
            },
            {
                "samples of a server nobody asked for",
                "usage.reads-in-bulk",
                cloud => new TwistedCloud(cloud)
                {
                    Usage = Twist<IUsageSource>.Of(
                        cloud.Usage!,
                        "ReadAsync",
                        (arguments, _) => Strange((DateTimeOffset)arguments[1]!)
                    ),
                }
            },
            { "it creates twice per key", "servers.create-is-idempotent", cloud => CreatingTwice(cloud) },
            {
                "a volume's key is ignored",
                "volumes.create-is-idempotent",
                cloud => new TwistedCloud(cloud)
                {
                    Volumes = Twist<IVolumeService>.Of(
                        cloud.Volumes!,
                        "CreateAsync",
                        (arguments, real) =>
                        {
                            arguments[1] = new OperationKey($"{arguments[1]}-{Guid.NewGuid().ToString()[..8]}");
                            return real();
                        }
                    ),
                }
            },
            {
                "it takes the nearest flavour",
                "errors.unknown-flavour-is-invalid",
                cloud =>
                    Servers(
                        cloud,
                        "CreateAsync",
                        (arguments, real) =>
                        {
                            arguments[0] = (ServerSpec)arguments[0]! with { Flavour = "m2-4" };
                            return real();
                        }
                    )
            },
            {
                "deleting the gone fails",
                "errors.gone-is-not-found",
                cloud =>
                    Servers(
                        cloud,
                        "DeleteAsync",
                        (arguments, real) => DeleteOnceAsync(cloud, (NativeId)arguments[0]!, real)
                    )
            },
            {
                "it throws what is no AdapterException",
                "connect.answers",
                cloud => new TwistedCloud(cloud) { Check = () => throw new FormatException("internals") }
            },
        };

    [Theory, MemberData(nameof(Broken))]
    public async Task Fails_the_check_whose_rule_is_broken_and_still_cleans_up(
        string because,
        string check,
        Func<ICloudAdapter, ICloudAdapter> twist
    )
    {
        await using var pool = new MockPool();
        var options = OnMock.Options(pool) with { SettleTimeout = TimeSpan.FromMilliseconds(200) };
        var report = await ConformanceSuite.RunAsync(twist(pool.Adapter), options, null, None);
        var failed = report.Results.Where(result => result.Outcome == CheckOutcome.Failed).ToList();
        Assert.True(failed.Exists(result => result.Id == check), because);
        Assert.False(report.IsConformant);
        Assert.All(failed, result => Assert.DoesNotContain("internals", result.Message, StringComparison.Ordinal));
        Assert.Equal((CheckOutcome.Passed, null), (report.Results[^1].Outcome, report.Results[^1].Message));
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task Only_the_broken_rule_fails_where_an_adapter_creates_twice_per_key()
    {
        await using var pool = new MockPool();
        var report = await ConformanceSuite.RunAsync(CreatingTwice(pool.Adapter), OnMock.Options(pool), null, None);
        var failed = Assert.Single(report.Results, result => result.Outcome == CheckOutcome.Failed);
        Assert.Equal("servers.create-is-idempotent", failed.Id);
        Assert.Matches("^One key made 3 servers", failed.Message!);
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task What_cannot_be_removed_fails_the_clean_up_by_name()
    {
        await using var pool = new MockPool();
        var cloud = new TwistedCloud(pool.Adapter)
        {
            Addresses = Twist<IAddressService>.Of(
                pool.Adapter.Addresses!,
                "DeleteAsync",
                (_, _) => throw new AdapterException(FailureKind.Forbidden, "not yours")
            ),
        };
        var options = OnMock.Options(pool) with { SettleTimeout = TimeSpan.FromMilliseconds(50) };
        var report = await ConformanceSuite.RunAsync(cloud, options, null, None);
        Assert.Equal(CheckOutcome.Failed, report.Results[^1].Outcome);
        Assert.Contains("address 'mock-t-eip-1'", report.Results[^1].Message, StringComparison.Ordinal);
        Assert.Contains("not yours", report.Results[^1].Message, StringComparison.Ordinal);
        Assert.Single(await OnMock.LeftAsync(pool));
    }

    /// <summary>Every create makes a second server beside, which it does not tell of.</summary>
    private static TwistedCloud CreatingTwice(ICloudAdapter cloud)
    {
        var calls = 0;
        return Servers(
            cloud,
            "CreateAsync",
            (arguments, real) =>
            {
                if (calls++ > 2)
                {
                    return real();
                }

                return TwiceAsync();

                async Task<CloudServer> TwiceAsync()
                {
                    var beside = new OperationKey($"{arguments[1]}-b{calls}");
                    await cloud.Servers!.CreateAsync((ServerSpec)arguments[0]!, beside, None);
                    return await (Task<CloudServer>)real()!;
                }
            }
        );
    }

    private static TwistedCloud Servers(
        ICloudAdapter cloud,
        string method,
        Func<object?[], Func<object?>, object?> instead
    ) => new(cloud) { Servers = Twist<IServerService>.Of(cloud.Servers!, method, instead) };

    private static string SmallUnlessUnknown(object spec) =>
        ((ServerSpec)spec).Flavour == "no-such-flavour" ? "no-such-flavour" : "m1-1";

    private static async Task DeleteOnceAsync(ICloudAdapter cloud, NativeId id, Func<object?> real)
    {
        await cloud.Servers!.GetAsync(id, None);
        await (Task)real()!;
    }

    private static async IAsyncEnumerable<CloudServer> Overlapping(IAsyncEnumerable<CloudServer> servers)
    {
        await foreach (var server in servers)
        {
            yield return server;
            yield return server;
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<UsageSample>> Strange(DateTimeOffset from)
    {
        await Task.Yield();
        yield return [new UsageSample(new NativeId("other"), from, 1, 1, 1, null, null)];
    }
}
