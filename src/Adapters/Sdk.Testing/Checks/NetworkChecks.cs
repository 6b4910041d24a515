using System.Net;

namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That networks come with their range, hold servers and stay while they do.</summary>
internal static class NetworkChecks
{
    private const string Networks = nameof(ICloudAdapter.Networks);

    public static IReadOnlyList<ConformanceCheck> Delivery { get; } =
    [
        new(
            "networks.default-exists",
            "A16",
            new CheckText("资源池默认网络真实存在", "the network the pool's servers join by default exists"),
            DefaultExistsAsync,
            Networks
        ),
        new(
            "networks.come-as-ordered",
            "A16",
            new CheckText("虚拟私有云按网段创建", "a network comes with the ordered range"),
            async (run, token) =>
            {
                var network = await run.Network.MakeAsync(token);
                ConformanceFailure.UnlessSame(run.Options.NetworkCidr, network.Cidr, "The range of the network");
            },
            Networks
        ),
        new(
            "networks.take-servers",
            "A16",
            new CheckText(
                "云服务器可加入指定网络并取得该网段地址",
                "a server joins the network and has an address of its range"
            ),
            TakeServersAsync,
            Networks,
            nameof(ICloudAdapter.Servers)
        ),
        new(
            "networks.in-use-are-not-deleted",
            "A16",
            new CheckText("有云服务器使用的网络不可删除", "a network is not deleted while a server uses it"),
            async (run, token) =>
            {
                await run.Second.GetAsync(token);
                var network = (await run.Network.GetAsync(token)).Id;
                await ConformanceFailure.UnlessFailsAsync(
                    FailureKind.Conflict,
                    "Deleting a network with a server in it",
                    () => run.Adapter.Networks!.DeleteAsync(network, token)
                );
            },
            Networks,
            nameof(ICloudAdapter.Servers)
        ),
    ];

    private static async Task DefaultExistsAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        if (run.Options.Network is not { } network)
        {
            throw new CheckSkipped("The pool's mapping names no default network.");
        }

        try
        {
            await run.Adapter.Networks!.GetAsync(network, cancellationToken);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw new ConformanceFailure($"There is no network '{network}': {failure.Message}");
        }
    }

    private static async Task TakeServersAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.Second.MakeAsync(cancellationToken)).Id;
        var seen = await run.ServerAsync(id, "given an address", it => it.Addresses.Count > 0, cancellationToken);
        var range = IPNetwork.Parse((await run.Network.GetAsync(cancellationToken)).Cidr);
        ConformanceFailure.Unless(
            seen.Addresses.Any(address => IPAddress.TryParse(address, out var parsed) && range.Contains(parsed)),
            $"The server has {string.Join(", ", seen.Addresses)}, none of them in {range}."
        );
    }
}
