using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>For every check of the suite an adapter with one fault, which that check finds and no other.</summary>
internal static partial class PlantedFaults
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static IReadOnlyDictionary<string, Fault> All { get; } =
        Connecting()
            .Concat(Offering())
            .Concat(Serving())
            .Concat(Storing())
            .Concat(Networking())
            .Concat(Watching())
            .Concat(Repeating())
            .Concat(Refusing())
            .Concat(Cleaning())
            .ToDictionary(fault => fault.Check);

    private static IEnumerable<Fault> Connecting()
    {
        yield return new(
            "connect.answers",
            "it does not accept the credentials at first",
            cloud =>
            {
                var calls = 0;
                return new TwistedCloud(cloud)
                {
                    Check = token =>
                        calls++ == 0
                            ? throw new AdapterException(FailureKind.Unauthenticated, "who are you?")
                            : cloud.CheckAsync(token),
                };
            }
        );
        yield return new(
            "connect.describes-itself",
            "it does not say what it is",
            cloud => new TwistedCloud(cloud) { Info = cloud.Info with { Kind = "" } }
        );
        yield return new(
            "connect.takes-calls-at-once",
            "a second call breaks the first",
            cloud =>
            {
                var busy = 0;
                return new TwistedCloud(cloud) { Check = OneAtATimeAsync };

                async Task OneAtATimeAsync(CancellationToken token)
                {
                    var under = Interlocked.Increment(ref busy);
                    await Task.Delay(5, token);
                    Interlocked.Decrement(ref busy);
                    if (under > 1)
                    {
                        throw new AdapterException(FailureKind.Unavailable, "the token was renewed meanwhile");
                    }
                }
            }
        );
        yield return new(
            "connect.honours-cancellation",
            "it ignores the token",
            cloud => new TwistedCloud(cloud) { Check = _ => cloud.CheckAsync(None) }
        );
    }

    private static IEnumerable<Fault> Offering()
    {
        yield return Offer<CloudFlavour>(
            "offerings.list-flavours",
            "pages overlap",
            "ListFlavoursAsync",
            all => all.SelectMany(it => it.Flavour == "m2-4" ? [it, it] : new[] { it })
        );
        yield return Offer<CloudImage>(
            "offerings.list-images",
            "pages overlap",
            "ListImagesAsync",
            all => all.SelectMany(it => new[] { it, it })
        );
        yield return Offer<CloudVolumeType>(
            "offerings.list-volume-types",
            "pages overlap",
            "ListVolumeTypesAsync",
            all => all.SelectMany(it => new[] { it, it })
        );
        yield return Offer<CloudFlavour>(
            "offerings.mapped-flavours-exist",
            "a mapped flavour has another size",
            "ListFlavoursAsync",
            all => all.Select(it => it.Flavour == "m16-16" ? it with { Size = new ServerSize(16, 15) } : it)
        );
        yield return Offer<CloudImage>(
            "offerings.mapped-images-and-types-exist",
            "a mapped image is gone",
            "ListImagesAsync",
            all => all.Where(it => it.Id != "uos-20")
        );
    }

    private static IEnumerable<Fault> Serving()
    {
        yield return Servers(
            "servers.come-up",
            "it has no room for the first server",
            "CreateAsync",
            Once((_, _) => throw new AdapterException(FailureKind.NoCapacity, "no host"))
        );
        yield return Servers(
            "servers.run-the-ordered-size",
            "the first server comes smaller",
            "CreateAsync",
            Once(
                (arguments, real) =>
                {
                    arguments[0] = (ServerSpec)arguments[0]! with { Flavour = "m1-1" };
                    return real();
                }
            )
        );
        yield return Servers(
            "servers.have-addresses",
            "the first server shows none",
            "GetAsync",
            Answer<CloudServer>(it => it.Id.Value == "mock-t-srv-1" ? it with { Addresses = [] } : it)
        );
        yield return new(
            "servers.open-their-console",
            "no browser opens what it gives",
            Cloud<IConsoleSource>(
                cloud => cloud.Console!,
                "OpenAsync",
                (_, _) => Task.FromResult(new Uri("ftp://host/1")),
                (cloud, it) => new TwistedCloud(cloud) { Console = it }
            )
        );
        yield return Power(
            "servers.stop-and-start",
            "stopping does nothing",
            "StopAsync",
            (_, _) => Task.CompletedTask
        );
        yield return Power(
            "servers.reboot",
            "it cannot reboot",
            "RebootAsync",
            (_, _) => throw new AdapterException(FailureKind.Conflict, "not now")
        );
        yield return Resizing(
            "servers.resize-is-reverted",
            "what waits for nothing is refused",
            "RevertAsync",
            cloud => (arguments, real) => UnlessResizedAsync(cloud, (NativeId)arguments[0]!, real)
        );
        yield return Resizing(
            "servers.resize-is-confirmed",
            "confirming does nothing",
            "ConfirmAsync",
            _ => (_, _) => Task.CompletedTask
        );
    }

    private static IEnumerable<Fault> Networking()
    {
        yield return Networks(
            "networks.default-exists",
            "the pool's network is gone",
            "GetAsync",
            (arguments, real) =>
                Is(arguments, "mock-t-net-1")
                    ? throw new AdapterException(FailureKind.NotFound, "there is none")
                    : real()
        );
        yield return Networks(
            "networks.come-as-ordered",
            "it comes with another range",
            "CreateAsync",
            (arguments, real) =>
            {
                arguments[0] = (NetworkSpec)arguments[0]! with { Cidr = "10.99.0.0/24" };
                return real();
            }
        );
        yield return Servers(
            "networks.take-servers",
            "the server gets an address of another network",
            "GetAsync",
            Answer<CloudServer>(it => it.Id.Value == "mock-t-srv-2" ? it with { Addresses = ["10.77.0.1"] } : it)
        );
        yield return Networks(
            "networks.in-use-are-not-deleted",
            "it says that it deleted it",
            "DeleteAsync",
            (_, real) => SwallowAsync((Task)real()!, FailureKind.Conflict)
        );
        yield return Addresses("addresses.come-up", "it shows no address at first", "GetAsync", Nowhere());
        yield return Addresses(
            "addresses.change-bandwidth",
            "nothing changes",
            "SetBandwidthAsync",
            (_, _) => Task.CompletedTask
        );
        yield return Binding(
            "addresses.bind",
            "binding again fails",
            "BindAsync",
            Again("bound already", (arguments, seen) => !seen.Add((arguments[0], arguments[1])))
        );
        yield return Binding(
            "addresses.bound-elsewhere-are-refused",
            "it says that it bound it",
            "BindAsync",
            (_, real) => SwallowAsync((Task)real()!, FailureKind.Conflict)
        );
        yield return Binding(
            "addresses.unbind",
            "unbinding does nothing",
            "UnbindAsync",
            Once((_, _) => Task.CompletedTask)
        );
    }
}

/// <summary>An adapter with one fault.</summary>
/// <param name="Check">The check that finds it.</param>
/// <param name="Because">What it does wrong.</param>
/// <param name="Plant">Plants it.</param>
internal sealed record Fault(string Check, string Because, Func<ICloudAdapter, ICloudAdapter> Plant);
