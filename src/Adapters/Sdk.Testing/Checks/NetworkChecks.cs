namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That networks and public addresses come and go.</summary>
internal static class NetworkChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(NetworksAsync)
        {
            Id = "networks.come-and-go",
            Group = "networks",
            Article = "A16",
            Proves = new CheckText(
                "虚拟私有云按网段创建、可查、可删除",
                "a network comes with the ordered range, once a key, and is deleted"
            ),
            Requires = [nameof(ICloudAdapter.Networks)],
        },
        new(AddressesAsync)
        {
            Id = "addresses.bind-and-unbind",
            Group = "addresses",
            Article = "A16",
            Proves = new CheckText(
                "弹性公网IP可申请、绑定、解绑",
                "a public address is allocated once a key, bound and unbound"
            ),
            Requires = [nameof(ICloudAdapter.Servers), nameof(ICloudAdapter.Addresses), nameof(ICloudAdapter.Binding)],
        },
    ];

    private static async Task NetworksAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var networks = run.Adapter.Networks!;
        var key = run.NextKey();
        var id = (await run.CreateNetworkAsync(key, cancellationToken)).Id;
        var again = (await run.CreateNetworkAsync(key, cancellationToken)).Id;
        ConformanceFailure.Unless(id == again, $"One key made two networks, '{id}' and '{again}'.");
        await run.UntilAsync(
            $"network '{id}' to be Active",
            async () => (await networks.GetAsync(id, cancellationToken)).State == CloudState.Active,
            cancellationToken
        );
        var seen = await networks.GetAsync(id, cancellationToken);
        ConformanceFailure.Unless(
            seen.Cidr == run.Options.NetworkCidr,
            $"Ordered was {run.Options.NetworkCidr}, the network has {seen.Cidr}."
        );
        await networks.DeleteAsync(id, cancellationToken);
        await run.UntilGoneAsync($"network '{id}'", () => networks.GetAsync(id, cancellationToken), cancellationToken);
        await networks.DeleteAsync(id, cancellationToken);
    }

    private static async Task AddressesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var server = (await run.SharedServerAsync(cancellationToken)).Id;
        var key = run.NextKey();
        var id = (await run.CreateAddressAsync(key, cancellationToken)).Id;
        var again = (await run.CreateAddressAsync(key, cancellationToken)).Id;
        ConformanceFailure.Unless(id == again, $"One key allocated two addresses, '{id}' and '{again}'.");

        var binding = run.Adapter.Binding!;
        await binding.BindAsync(id, server, cancellationToken);
        await BoundAsync(run, id, server, cancellationToken);
        await binding.BindAsync(id, server, cancellationToken);
        await binding.UnbindAsync(id, cancellationToken);
        await BoundAsync(run, id, null, cancellationToken);
        await binding.UnbindAsync(id, cancellationToken);
    }

    private static Task BoundAsync(
        ConformanceRun run,
        NativeId address,
        NativeId? server,
        CancellationToken cancellationToken
    ) =>
        run.UntilAsync(
            server is null ? $"address '{address}' to be unbound" : $"address '{address}' to be bound to '{server}'",
            async () => (await run.Adapter.Addresses!.GetAsync(address, cancellationToken)).BoundTo == server,
            cancellationToken
        );
}
