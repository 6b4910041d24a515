using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>How faults are planted.</summary>
internal static partial class PlantedFaults
{
    private delegate object? Call(object?[] arguments, Func<object?> real);

    private static Func<ICloudAdapter, ICloudAdapter> Cloud<TService>(
        Func<ICloudAdapter, TService> service,
        string method,
        Call instead,
        Func<ICloudAdapter, TService, TwistedCloud> replace
    )
        where TService : class =>
        cloud =>
            replace(cloud, Twist<TService>.Of(service(cloud), method, (arguments, real) => instead(arguments, real)));

    private static Fault Servers(string check, string because, string method, Call instead) =>
        new(
            check,
            because,
            Cloud(it => it.Servers!, method, instead, (it, twisted) => new TwistedCloud(it) { Servers = twisted })
        );

    private static Fault Power(string check, string because, string method, Call instead) =>
        new(
            check,
            because,
            Cloud(it => it.Power!, method, instead, (it, twisted) => new TwistedCloud(it) { Power = twisted })
        );

    private static Fault Resizing(string check, string because, string method, Func<ICloudAdapter, Call> instead) =>
        new(
            check,
            because,
            cloud =>
                Cloud(
                    it => it.Resizing!,
                    method,
                    instead(cloud),
                    (it, twisted) => new TwistedCloud(it) { Resizing = twisted }
                )(cloud)
        );

    private static Fault Volumes(string check, string because, string method, Call instead) =>
        new(
            check,
            because,
            Cloud(it => it.Volumes!, method, instead, (it, twisted) => new TwistedCloud(it) { Volumes = twisted })
        );

    private static Fault Snapshots(string check, string because, string method, Call instead) =>
        new(
            check,
            because,
            Cloud(it => it.Snapshots!, method, instead, (it, twisted) => new TwistedCloud(it) { Snapshots = twisted })
        );

    private static Fault Attachment(string check, string because, string method, Call instead) =>
        new(
            check,
            because,
            Cloud(it => it.Attachment!, method, instead, (it, twisted) => new TwistedCloud(it) { Attachment = twisted })
        );

    private static Fault Networks(string check, string because, string method, Call instead) =>
        new(
            check,
            because,
            Cloud(it => it.Networks!, method, instead, (it, twisted) => new TwistedCloud(it) { Networks = twisted })
        );

    private static Fault Addresses(string check, string because, string method, Call instead) =>
        new(
            check,
            because,
            Cloud(it => it.Addresses!, method, instead, (it, twisted) => new TwistedCloud(it) { Addresses = twisted })
        );

    private static Fault Binding(string check, string because, string method, Call instead) =>
        new(
            check,
            because,
            Cloud(it => it.Binding!, method, instead, (it, twisted) => new TwistedCloud(it) { Binding = twisted })
        );

    private static Fault Offer<T>(
        string check,
        string because,
        string method,
        Func<IAsyncEnumerable<T>, IAsyncEnumerable<T>> change
    ) =>
        new(
            check,
            because,
            Cloud(
                it => it.Offerings!,
                method,
                (_, real) => change((IAsyncEnumerable<T>)real()!),
                (it, twisted) => new TwistedCloud(it) { Offerings = twisted }
            )
        );

    private static Fault Listing<T>(
        string check,
        string because,
        string method,
        Func<IAsyncEnumerable<T>, IAsyncEnumerable<T>> change
    ) =>
        new(
            check,
            because,
            Cloud(
                it => it.Inventory!,
                method,
                (_, real) => change((IAsyncEnumerable<T>)real()!),
                (it, twisted) => new TwistedCloud(it) { Inventory = twisted }
            )
        );

    private static Fault Changes(string check, string because, Func<ServerChange, bool> told) =>
        new(
            check,
            because,
            Cloud(
                it => it.Changes!,
                "ListAsync",
                (_, real) => ((IAsyncEnumerable<ServerChange>)real()!).Where(told),
                (it, twisted) => new TwistedCloud(it) { Changes = twisted }
            )
        );

    private static Fault Usage(string check, string because, Func<NativeId, DateTimeOffset, UsageSample> strange) =>
        new(
            check,
            because,
            Cloud(
                it => it.Usage!,
                "ReadAsync",
                (arguments, _) =>
                    Enumerable
                        .Repeat<IReadOnlyList<UsageSample>>(
                            [strange(((IReadOnlyList<NativeId>)arguments[0]!)[0], (DateTimeOffset)arguments[1]!)],
                            1
                        )
                        .ToAsyncEnumerable(),
                (it, twisted) => new TwistedCloud(it) { Usage = twisted }
            )
        );

    /// <summary>What is created is not what was ordered.</summary>
    private static Fault Spec<TSpec>(string check, string because, Func<TSpec, TSpec> change)
        where TSpec : class
    {
        Call changed = (arguments, real) =>
        {
            arguments[0] = change((TSpec)arguments[0]!);
            return real();
        };
        return typeof(TSpec) == typeof(ServerSpec)
            ? Servers(check, because, "CreateAsync", changed)
            : Volumes(check, because, "CreateAsync", changed);
    }

    /// <summary>The answer is another than the cloud gave.</summary>
    private static Call Answer<T>(Func<T, T> change) => (_, real) => ChangedAsync((Task<T>)real()!, change);

    private static async Task<T> ChangedAsync<T>(Task<T> answer, Func<T, T> change) => change(await answer);

    /// <summary>The first call goes wrong.</summary>
    private static Call Once(Call instead)
    {
        var calls = 0;
        return (arguments, real) => calls++ == 0 ? instead(arguments, real) : real();
    }

    /// <summary>A call for what is so already fails.</summary>
    private static Call Again(string message, Func<object?[], HashSet<object?>, bool> isSo)
    {
        HashSet<object?> seen = [];
        return (arguments, real) =>
            isSo(arguments, seen) ? throw new AdapterException(FailureKind.NotFound, message) : real();
    }

    /// <summary>The key of the thing with this identifier is not found again by a create.</summary>
    private static Call Forgetting(string id)
    {
        OperationKey? forgotten = null;
        return (arguments, real) =>
        {
            var key = (OperationKey)arguments[1]!;
            if (key == forgotten)
            {
                arguments[1] = new OperationKey($"{key}-b");
                return real();
            }

            var answer = (Task)real()!;
            var made = answer.IsCompletedSuccessfully ? ((dynamic)answer).Result : null;
            forgotten = made is not null && made!.Id == new NativeId(id) ? key : forgotten;
            return answer;
        };
    }

    private static Call Racing()
    {
        HashSet<OperationKey> underWay = [];
        return (arguments, real) =>
        {
            var key = (OperationKey)arguments[1]!;
            bool alone;
            lock (underWay)
            {
                alone = underWay.Add(key);
            }

            arguments[1] = alone ? key : new OperationKey($"{key}-b");
            return LateAsync();

            async Task<CloudServer> LateAsync()
            {
                await Task.Delay(20, None);
                lock (underWay)
                {
                    underWay.Remove(key);
                }

                return await (Task<CloudServer>)real()!;
            }
        };
    }

    private static Call Nowhere()
    {
        var calls = 0;
        return (_, real) =>
            ChangedAsync((Task<CloudAddress>)real()!, it => calls++ < 2 ? it with { Address = "nowhere" } : it);
    }

    private static async Task SwallowAsync(Task call, FailureKind kind)
    {
        try
        {
            await call;
        }
        catch (AdapterException failure) when (failure.Kind == kind)
        {
            // The planted fault: the refusal is not told.
        }
    }

    private static async Task ForbiddenAsync(Task call)
    {
        await call;
        throw new AdapterException(FailureKind.Forbidden, "not yours");
    }

    private static async Task UnlessResizedAsync(ICloudAdapter cloud, NativeId id, Func<object?> real)
    {
        var server = await cloud.Servers!.GetAsync(id, None);
        if (server.State != CloudState.Resized)
        {
            throw new AdapterException(FailureKind.Conflict, "nothing waits");
        }

        await (Task)real()!;
    }

    private static bool Is(object?[] arguments, string id) => ((NativeId)arguments[0]!).Value == id;

    private static bool IsUnknown(object?[] arguments) => Guid.TryParse(((NativeId)arguments[0]!).Value, out _);
}
