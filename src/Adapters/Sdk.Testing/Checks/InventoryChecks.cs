namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That what exists and what changed can be seen, whole and once.</summary>
internal static class InventoryChecks
{
    private const string Servers = nameof(ICloudAdapter.Servers);
    private const string Inventory = nameof(ICloudAdapter.Inventory);

    /// <summary>How long before its first look a server may have been made, where the cloud does not say when.</summary>
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(1);

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "inventory.comes-to-its-end",
            "A14a",
            new CheckText("各类资源盘点清单均能读到末尾", "every listing comes to its end: none gives pages for ever"),
            ComesToItsEndAsync,
            Inventory
        ),
        .. IdentityChecks.All,
        new(
            "inventory.servers",
            "A14a",
            new CheckText(
                "云服务器盘点无遗漏无重复，与单查一致",
                "every server is listed once, as looking at it alone shows"
            ),
            ServersAsync,
            Servers,
            Inventory
        ),
        new(
            "inventory.volumes",
            "A14a",
            new CheckText(
                "云硬盘盘点无遗漏无重复，含容量和挂载关系",
                "every volume is listed once, with size and attachment"
            ),
            VolumesAsync,
            nameof(ICloudAdapter.Volumes),
            Inventory
        ),
        new(
            "inventory.networks-and-addresses",
            "A14a",
            new CheckText(
                "网络和公网IP盘点无遗漏无重复，含绑定关系",
                "networks and addresses are listed once, with range and binding"
            ),
            NetworksAndAddressesAsync,
            Inventory
        ),
        new(
            "inventory.changes-show-what-was-made",
            "A14a",
            new CheckText("增量盘点可见新建云服务器", "the incremental listing shows a server made since"),
            async (run, token) =>
            {
                var made = await run.Second.GetAsync(token);
                await UntilChangedAsync(run, made, change => change.Server is not null, token);
            },
            Servers,
            nameof(ICloudAdapter.Changes)
        ),
    ];

    /// <summary>Done once the second server is deleted.</summary>
    public static ConformanceCheck Deleted { get; } =
        new(
            "inventory.changes-show-what-was-deleted",
            "A14a",
            new CheckText("增量盘点可见已删除云服务器", "the incremental listing shows a deleted server as gone"),
            async (run, token) =>
            {
                var deleted = await run.Second.GetAsync(token);
                await UntilChangedAsync(run, deleted, change => change.Server is null, token);
            },
            Servers,
            nameof(ICloudAdapter.Changes)
        );

    private static async Task ComesToItsEndAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var inventory = run.Adapter.Inventory!;
        await run.ReadAsync(() => inventory.ListServersAsync(cancellationToken), cancellationToken);
        await run.ReadAsync(() => inventory.ListVolumesAsync(cancellationToken), cancellationToken);
        await run.ReadAsync(() => inventory.ListNetworksAsync(cancellationToken), cancellationToken);
        await run.ReadAsync(() => inventory.ListAddressesAsync(cancellationToken), cancellationToken);
    }

    private static async Task ServersAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        foreach (var shared in new[] { run.First, run.Second })
        {
            var id = (await shared.GetAsync(cancellationToken)).Id;
            var listed = await OnceAsync(
                run,
                $"server '{id}'",
                it => it.ListServersAsync(cancellationToken).Where(server => server.Id == id),
                cancellationToken
            );
            var alone = await run.Adapter.Servers!.GetAsync(id, cancellationToken);
            ConformanceFailure.UnlessSame(
                (alone.Name, alone.Size, alone.Key),
                (listed.Name, listed.Size, listed.Key),
                $"Name, size and key of server '{id}'"
            );
        }
    }

    private static async Task VolumesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.Volume.GetAsync(cancellationToken)).Id;
        var listed = await OnceAsync(
            run,
            $"volume '{id}'",
            it => it.ListVolumesAsync(cancellationToken).Where(volume => volume.Id == id),
            cancellationToken
        );
        var alone = await run.Adapter.Volumes!.GetAsync(id, cancellationToken);
        ConformanceFailure.UnlessSame(
            (alone.Name, alone.SizeGiB, alone.AttachedTo, alone.Key),
            (listed.Name, listed.SizeGiB, listed.AttachedTo, listed.Key),
            $"Name, size, attachment and key of volume '{id}'"
        );
    }

    private static async Task NetworksAndAddressesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        if (run.Adapter.Networks is null && run.Adapter.Addresses is null)
        {
            throw new CheckSkipped("The adapter offers neither Networks nor Addresses.");
        }

        if (run.Adapter.Networks is not null)
        {
            var network = await run.Network.GetAsync(cancellationToken);
            var listed = await OnceAsync(
                run,
                $"network '{network.Id}'",
                it => it.ListNetworksAsync(cancellationToken).Where(other => other.Id == network.Id),
                cancellationToken
            );
            ConformanceFailure.UnlessSame(
                (network.Name, network.Cidr, network.Key),
                (listed.Name, listed.Cidr, listed.Key),
                $"Name, range and key of network '{network.Id}'"
            );
        }

        if (run.Adapter.Addresses is not null)
        {
            var id = (await run.Address.GetAsync(cancellationToken)).Id;
            var listed = await OnceAsync(
                run,
                $"address '{id}'",
                it => it.ListAddressesAsync(cancellationToken).Where(other => other.Id == id),
                cancellationToken
            );
            var alone = await run.Adapter.Addresses.GetAsync(id, cancellationToken);
            ConformanceFailure.UnlessSame(
                (alone.Address, alone.BoundTo, alone.Key),
                (listed.Address, listed.BoundTo, listed.Key),
                $"Address, binding and key of address '{id}'"
            );
        }
    }

    /// <summary>The one row of a listing, waited for as long as a listing may miss it.</summary>
    private static async Task<T> OnceAsync<T>(
        ConformanceRun run,
        string what,
        Func<IInventory, IAsyncEnumerable<T>> list,
        CancellationToken cancellationToken
    )
    {
        List<T> rows = [];
        await run.UntilAsync(
            () => $"{what} to be in the inventory",
            async () =>
            {
                rows = await list(run.Adapter.Inventory!).ToListAsync(cancellationToken);
                return rows.Count > 0;
            },
            cancellationToken
        );
        ConformanceFailure.Unless(rows.Count == 1, $"The inventory shows {what} {rows.Count} times.");
        return rows[0];
    }

    private static Task UntilChangedAsync(
        ConformanceRun run,
        CloudServer server,
        Func<ServerChange, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        var since = server.CreatedAt ?? run.Options.BusinessTime.GetUtcNow() - Earlier;
        return run.UntilAsync(
            () => $"server '{server.Id}' to be among the changes since {since:O}",
            async () =>
                await run
                    .Adapter.Changes!.ListAsync(since, cancellationToken)
                    .AnyAsync(change => change.Id == server.Id && wanted(change), cancellationToken),
            cancellationToken
        );
    }
}
