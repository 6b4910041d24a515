namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>
/// One run of the suite on one pool: names and keys that are its own, what it made, and waiting. Whatever is to be
/// made is noted before the call that makes it.
/// </summary>
internal sealed class ConformanceRun(ICloudAdapter adapter, ConformanceOptions options)
{
    private int _keys;
    private Task<CloudServer>? _server;

    public ICloudAdapter Adapter => adapter;

    public ConformanceOptions Options => options;

    /// <summary>What the names and keys of everything this run makes begin with.</summary>
    public string Prefix { get; } = $"conf-{Guid.NewGuid():N}"[..17];

    public MadeThings Servers { get; } = new();

    public MadeThings Volumes { get; } = new();

    public MadeThings Networks { get; } = new();

    public MadeThings Addresses { get; } = new();

    /// <summary>A key, and name, nobody used before.</summary>
    public OperationKey NextKey() => new($"{Prefix}-{++_keys}");

    /// <summary>A server as ordered, under this key and name.</summary>
    public Task<CloudServer> CreateServerAsync(OperationKey key, string? flavour, CancellationToken cancellationToken)
    {
        var spec = new ServerSpec
        {
            Name = key.Value,
            Flavour = flavour ?? options.Flavour,
            Size = options.Size,
            Image = options.Image,
            SystemDiskGiB = options.SystemDiskGiB,
            Network = options.Network,
        };
        return Servers.MakeAsync(
            key,
            () => adapter.Servers!.CreateAsync(spec, key, cancellationToken),
            server => server.Id
        );
    }

    public Task<CloudVolume> CreateVolumeAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var spec = new VolumeSpec(key.Value, options.VolumeSizeGiB, options.VolumeType);
        return Volumes.MakeAsync(
            key,
            () => adapter.Volumes!.CreateAsync(spec, key, cancellationToken),
            volume => volume.Id
        );
    }

    public Task<CloudNetwork> CreateNetworkAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var spec = new NetworkSpec(key.Value, options.NetworkCidr);
        return Networks.MakeAsync(
            key,
            () => adapter.Networks!.CreateAsync(spec, key, cancellationToken),
            network => network.Id
        );
    }

    public Task<CloudAddress> CreateAddressAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var spec = new AddressSpec(key.Value, 1);
        return Addresses.MakeAsync(
            key,
            () => adapter.Addresses!.CreateAsync(spec, key, cancellationToken),
            address => address.Id
        );
    }

    /// <summary>The one settled server that several checks share: making one takes minutes on a real cloud.</summary>
    public Task<CloudServer> SharedServerAsync(CancellationToken cancellationToken) =>
        _server ??= SettledServerAsync(NextKey(), cancellationToken);

    /// <summary>A new server, waited for until it runs.</summary>
    public async Task<CloudServer> SettledServerAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var made = await CreateServerAsync(key, null, cancellationToken);
        return await ServerInAsync(made.Id, CloudState.Active, cancellationToken);
    }

    /// <summary>The server, once it is in this state.</summary>
    public async Task<CloudServer> ServerInAsync(NativeId id, CloudState state, CancellationToken cancellationToken)
    {
        CloudServer? seen = null;
        await UntilAsync(
            $"server '{id}' to be {state}",
            async () =>
            {
                seen = await adapter.Servers!.GetAsync(id, cancellationToken);
                ConformanceFailure.Unless(seen.State != CloudState.Error, $"Server '{id}' is in Error: {seen.Fault}");
                return seen.State == state;
            },
            cancellationToken
        );
        return seen!;
    }

    /// <summary>The volume, once it is as wanted.</summary>
    public async Task<CloudVolume> VolumeAsync(
        NativeId id,
        Func<CloudVolume, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        CloudVolume? seen = null;
        await UntilAsync(
            $"volume '{id}' to settle as asked",
            async () =>
            {
                seen = await adapter.Volumes!.GetAsync(id, cancellationToken);
                ConformanceFailure.Unless(seen.State != CloudState.Error, $"Volume '{id}' is in Error: {seen.Fault}");
                return seen.State == CloudState.Active && wanted(seen);
            },
            cancellationToken
        );
        return seen!;
    }

    /// <summary>Looks again and again until it is so.</summary>
    /// <exception cref="ConformanceFailure">It took longer than anything may.</exception>
    public async Task UntilAsync(string what, Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        var start = options.MachineTime.GetTimestamp();
        while (!await isSo())
        {
            ConformanceFailure.Unless(
                options.MachineTime.GetElapsedTime(start) < options.SettleTimeout,
                $"Waited {options.SettleTimeout} in vain for {what}."
            );
            await Task.Delay(options.PollDelay, options.MachineTime, cancellationToken);
        }
    }

    /// <summary>Waits until the call finds nothing any more.</summary>
    public Task UntilGoneAsync(string what, Func<Task> look, CancellationToken cancellationToken) =>
        UntilAsync(
            $"{what} to be gone",
            async () =>
            {
                try
                {
                    await look();
                    return false;
                }
                catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
                {
                    return true;
                }
            },
            cancellationToken
        );
}

/// <summary>What a run made of one kind.</summary>
internal sealed class MadeThings
{
    /// <summary>The keys it called with, answered or not.</summary>
    public HashSet<OperationKey> Keys { get; } = [];

    /// <summary>The identifiers it was given.</summary>
    public HashSet<NativeId> Ids { get; } = [];

    /// <summary>Notes the key, makes it, notes the identifier.</summary>
    public async Task<T> MakeAsync<T>(OperationKey key, Func<Task<T>> make, Func<T, NativeId> id)
    {
        Keys.Add(key);
        var made = await make();
        Ids.Add(id(made));
        return made;
    }
}
