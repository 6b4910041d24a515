namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That calling twice with one key creates once: what a crash of the platform relies on.</summary>
internal static class IdempotencyChecks
{
    private const string Servers = nameof(ICloudAdapter.Servers);

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "idempotency.servers",
            "A16",
            new CheckText(
                "同一操作键重复创建只产生一台云服务器",
                "one key makes one server and finds it; a key nobody used finds none"
            ),
            ServersAsync,
            Servers
        ),
        new(
            "idempotency.volumes",
            "A16",
            new CheckText("同一操作键重复创建只产生一块云硬盘", "one key makes one volume and finds it"),
            VolumesAsync,
            nameof(ICloudAdapter.Volumes)
        ),
        new(
            "idempotency.snapshots",
            "A16",
            new CheckText("同一操作键重复创建只产生一个快照", "one key takes one snapshot and finds it"),
            SnapshotsAsync,
            nameof(ICloudAdapter.Volumes),
            nameof(ICloudAdapter.Snapshots)
        ),
        new(
            "idempotency.networks",
            "A16",
            new CheckText("同一操作键重复创建只产生一个网络", "one key makes one network and finds it"),
            NetworksAsync,
            nameof(ICloudAdapter.Networks)
        ),
        new(
            "idempotency.addresses",
            "A16",
            new CheckText("同一操作键重复申请只产生一个公网IP", "one key allocates one address and finds it"),
            AddressesAsync,
            nameof(ICloudAdapter.Addresses)
        ),
        new(
            "idempotency.at-once",
            "A16",
            new CheckText(
                "同一操作键并发创建也只产生一个资源",
                "two creates at the same time under one key make one thing of each kind"
            ),
            AtOnceAsync
        ),
    ];

    private static async Task ServersAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var server = await run.First.GetAsync(cancellationToken);
        var key = KeyOf(server.Name, server.Key);
        await OnceAsync(
            run,
            (key, server.Id),
            async it => (await run.Adapter.Servers!.FindAsync(it, cancellationToken))?.Id,
            async it => (await run.CreateServerAsync(it, spec => spec, cancellationToken)).Id,
            cancellationToken
        );
    }

    private static async Task VolumesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var volume = await run.Volume.GetAsync(cancellationToken);
        await OnceAsync(
            run,
            (KeyOf(volume.Name, volume.Key), volume.Id),
            async it => (await run.Adapter.Volumes!.FindAsync(it, cancellationToken))?.Id,
            async it => (await run.CreateVolumeAsync(it, spec => spec, cancellationToken)).Id,
            cancellationToken
        );
    }

    private static async Task SnapshotsAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var volume = (await run.Volume.GetAsync(cancellationToken)).Id;
        var key = run.NextKey();
        var taken = (await run.CreateSnapshotAsync(key, volume, cancellationToken)).Id;
        await OnceAsync(
            run,
            (key, taken),
            async it => (await run.Adapter.Snapshots!.FindAsync(it, cancellationToken))?.Id,
            async it => (await run.CreateSnapshotAsync(it, volume, cancellationToken)).Id,
            cancellationToken
        );
    }

    private static async Task NetworksAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var network = await run.Network.GetAsync(cancellationToken);
        await OnceAsync(
            run,
            (KeyOf(network.Name, network.Key), network.Id),
            async it => (await run.Adapter.Networks!.FindAsync(it, cancellationToken))?.Id,
            async it => (await run.CreateNetworkAsync(it, run.Options.NetworkCidr, cancellationToken)).Id,
            cancellationToken
        );
    }

    private static async Task AddressesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var address = await run.Address.GetAsync(cancellationToken);
        await OnceAsync(
            run,
            (KeyOf(null, address.Key), address.Id),
            async it => (await run.Adapter.Addresses!.FindAsync(it, cancellationToken))?.Id,
            async it => (await run.CreateAddressAsync(it, cancellationToken)).Id,
            cancellationToken
        );
    }

    private static async Task AtOnceAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var adapter = run.Adapter;
        if (!adapter.Info.Limits.CreateIsIdempotent)
        {
            throw new CheckSkipped(
                "The cloud keeps no token of its own; the platform never creates twice at once there."
            );
        }

        var key = run.NextKey();
        var made = 0;
        async Task TwiceAsync(object? service, string what, Func<Task<NativeId>> create)
        {
            if (service is not null)
            {
                var ids = await Task.WhenAll(create(), create());
                ConformanceFailure.Unless(ids[0] == ids[1], $"One key made two {what}, '{ids[0]}' and '{ids[1]}'.");
                made++;
            }
        }

        await TwiceAsync(adapter.Servers, "servers", () => ServerAsync(run, key, cancellationToken));
        await TwiceAsync(adapter.Addresses, "addresses", () => AddressAsync(run, key, cancellationToken));
        if (run.Options.VolumeType is not null)
        {
            await TwiceAsync(adapter.Volumes, "volumes", () => VolumeAsync(run, key, cancellationToken));
        }

        if (made == 0)
        {
            throw new CheckSkipped("The adapter creates nothing.");
        }
    }

    private static async Task<NativeId> ServerAsync(ConformanceRun run, OperationKey key, CancellationToken token) =>
        (await run.CreateServerAsync(key, spec => spec, token)).Id;

    private static async Task<NativeId> AddressAsync(ConformanceRun run, OperationKey key, CancellationToken token) =>
        (await run.CreateAddressAsync(key, token)).Id;

    private static async Task<NativeId> VolumeAsync(ConformanceRun run, OperationKey key, CancellationToken token) =>
        (await run.CreateVolumeAsync(key, spec => spec, token)).Id;

    /// <summary>The key finds what it made, within the time a listing may miss it; created again, it is the same.</summary>
    private static async Task OnceAsync(
        ConformanceRun run,
        (OperationKey Key, NativeId Id) made,
        Func<OperationKey, Task<NativeId?>> find,
        Func<OperationKey, Task<NativeId>> create,
        CancellationToken cancellationToken
    )
    {
        var (key, id) = made;
        NativeId? found = null;
        await run.UntilAsync(
            () => $"key '{key}' to find '{id}'; it finds '{found}'",
            async () => (found = await find(key)) == id,
            cancellationToken
        );
        var foreign = await find(run.NextKey());
        ConformanceFailure.Unless(foreign is null, $"A key nobody used finds '{foreign}'.");
        var again = await create(key);
        ConformanceFailure.Unless(again == id, $"One key made '{id}' and '{again}'.");
    }

    private static OperationKey KeyOf(string? name, OperationKey? key) =>
        key ?? throw new ConformanceFailure($"'{name}' does not show the key it was created under.");
}
