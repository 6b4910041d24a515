namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>
/// One run of the suite on one pool: names and keys that are its own, what it made, what its checks share, and waiting.
/// Whatever is to be made is noted before the call that makes it.
/// </summary>
internal sealed class ConformanceRun
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<string> _failed = [];
    private int _keys;

    public ConformanceRun(ICloudAdapter adapter, ConformanceOptions options)
    {
        (Adapter, Options) = (new BoundedCloud(adapter, options.MostListed), options);
        Prefix = options.Prefix ?? $"conf-{Guid.NewGuid():N}"[..17];
        First = new Shared<CloudServer>("servers.come-up", _failed, token => ServerAsync(options.Network, token));
        Second = new Shared<CloudServer>("networks.take-servers", _failed, SecondAsync);
        Volume = new Shared<CloudVolume>("volumes.come-as-ordered", _failed, VolumeAsync);
        Network = new Shared<CloudNetwork>("networks.come-as-ordered", _failed, NetworkAsync);
        Address = new Shared<CloudAddress>("addresses.come-up", _failed, AddressAsync);
        Attached = new Shared<(NativeId, NativeId)>("volumes.attach", _failed, AttachedAsync);
        Bound = new Shared<(NativeId, NativeId)>("addresses.bind", _failed, BoundAsync);
    }

    public ICloudAdapter Adapter { get; }

    public ConformanceOptions Options { get; }

    /// <summary>What the names and keys of everything this run makes begin with.</summary>
    public string Prefix { get; }

    public Made Made { get; } = new();

    /// <summary>The server most checks work on, in the pool's own network.</summary>
    public Shared<CloudServer> First { get; }

    /// <summary>The other server, in the network the run made where it can make one. It is deleted in the end.</summary>
    public Shared<CloudServer> Second { get; }

    public Shared<CloudVolume> Volume { get; }

    public Shared<CloudNetwork> Network { get; }

    public Shared<CloudAddress> Address { get; }

    /// <summary>The shared volume on the first server.</summary>
    public Shared<(NativeId Volume, NativeId Server)> Attached { get; }

    /// <summary>The shared address on the first server.</summary>
    public Shared<(NativeId Address, NativeId Server)> Bound { get; }

    /// <summary>Notes that a check failed: the others need not fail for the same reason.</summary>
    public void NoteFailed(string check) => _failed.Add(check);

    /// <summary>A key, and name, nobody used before.</summary>
    public OperationKey NextKey() => new($"{Prefix}-{Interlocked.Increment(ref _keys)}");

    /// <summary>The keys a killed run of this prefix may have used.</summary>
    public IEnumerable<OperationKey> PossibleKeys(int most) =>
        Enumerable.Range(1, most).Select(number => new OperationKey($"{Prefix}-{number}"));

    /// <summary>Whether a thing of this name or key is the run's.</summary>
    public bool IsOurs(string? name, OperationKey? key) =>
        name?.StartsWith($"{Prefix}-", StringComparison.Ordinal) == true
        || key?.Value.StartsWith($"{Prefix}-", StringComparison.Ordinal) == true;

    /// <summary>The server, once it is in one of these states.</summary>
    public Task<CloudServer> ServerInAsync(
        NativeId id,
        IReadOnlyList<CloudState> states,
        CancellationToken cancellationToken
    ) => ServerAsync(id, $"{string.Join(" or ", states)}", it => states.Contains(it.State), cancellationToken);

    /// <summary>The server, once it is as wanted.</summary>
    public async Task<CloudServer> ServerAsync(
        NativeId id,
        string what,
        Func<CloudServer, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        CloudServer? seen = null;
        await UntilAsync(
            () => $"server '{id}' to be {what}; it is {seen?.State} with {seen?.Size}",
            async () =>
            {
                seen = await Adapter.Servers!.GetAsync(id, cancellationToken);
                ConformanceFailure.Unless(seen.State != CloudState.Error, $"Server '{id}' is in Error: {seen.Fault}");
                return wanted(seen);
            },
            cancellationToken
        );
        return seen!;
    }

    /// <summary>The volume, once it is ready and as wanted.</summary>
    public async Task<CloudVolume> VolumeAsync(
        NativeId id,
        string what,
        Func<CloudVolume, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        CloudVolume? seen = null;
        await UntilAsync(
            () => $"volume '{id}' to be {what}; it is {seen?.State}, {seen?.SizeGiB} GiB, on '{seen?.AttachedTo}'",
            async () =>
            {
                seen = await Adapter.Volumes!.GetAsync(id, cancellationToken);
                ConformanceFailure.Unless(seen.State != CloudState.Error, $"Volume '{id}' is in Error: {seen.Fault}");
                return seen.State == CloudState.Active && wanted(seen);
            },
            cancellationToken
        );
        return seen!;
    }

    /// <summary>Looks again and again until it is so; an answer that says "later" is one more look.</summary>
    /// <exception cref="ConformanceFailure">It took longer than anything may.</exception>
    public async Task UntilAsync(Func<string> what, Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        var start = Options.MachineTime.GetTimestamp();
        var pause = FirstPause < Options.PollDelay ? FirstPause : Options.PollDelay;
        while (true)
        {
            var (holds, later) = await HoldsAsync(isSo);
            if (holds)
            {
                return;
            }

            ConformanceFailure.Unless(
                Options.MachineTime.GetElapsedTime(start) < Options.SettleTimeout,
                $"Waited {Options.SettleTimeout} in vain for {what()}.{(later is null ? "" : $" The last answer: {later}")}"
            );
            await Task.Delay(pause, Options.MachineTime, cancellationToken);
            pause = pause * 2 < Options.PollDelay ? pause * 2 : Options.PollDelay;
        }
    }

    /// <summary>Reads a stream to its end; one that breaks off because the cloud says "later" is read again.</summary>
    public Task ReadAsync<T>(Func<IAsyncEnumerable<T>> stream, CancellationToken cancellationToken) =>
        UntilAsync(
            () => "a listing to be read to its end",
            async () => await stream().CountAsync(cancellationToken) >= 0,
            cancellationToken
        );

    /// <summary>Waits until the call finds nothing any more.</summary>
    public Task UntilGoneAsync(string what, Func<Task> look, CancellationToken cancellationToken) =>
        UntilAsync(
            () => $"{what} to be gone",
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

    /// <summary>Waits until the address is bound to the server, or to none.</summary>
    public Task UntilBoundAsync(NativeId address, NativeId? server, CancellationToken cancellationToken) =>
        UntilAsync(
            () =>
                server is null
                    ? $"address '{address}' to be unbound"
                    : $"address '{address}' to be bound to '{server}'",
            async () => (await Adapter.Addresses!.GetAsync(address, cancellationToken)).BoundTo == server,
            cancellationToken
        );

    private async Task<(NativeId, NativeId)> AttachedAsync(CancellationToken cancellationToken)
    {
        var server = (await First.GetAsync(cancellationToken)).Id;
        var volume = (await Volume.GetAsync(cancellationToken)).Id;
        await Adapter.Attachment!.AttachAsync(volume, server, cancellationToken);
        await VolumeAsync(volume, $"attached to '{server}'", it => it.AttachedTo == server, cancellationToken);
        return (volume, server);
    }

    private async Task<(NativeId, NativeId)> BoundAsync(CancellationToken cancellationToken)
    {
        var server = (await First.GetAsync(cancellationToken)).Id;
        var address = (await Address.GetAsync(cancellationToken)).Id;
        await Adapter.Binding!.BindAsync(address, server, cancellationToken);
        await UntilBoundAsync(address, server, cancellationToken);
        return (address, server);
    }

    /// <summary>Whether it is so, and what the cloud said where it said "later".</summary>
    private static async Task<(bool Holds, string? Later)> HoldsAsync(Func<Task<bool>> isSo)
    {
        try
        {
            return (await isSo(), null);
        }
        catch (AdapterException failure) when (failure.IsTransient)
        {
            return (false, ConformanceFailure.Describe(failure));
        }
    }

    private async Task<CloudServer> SecondAsync(CancellationToken cancellationToken)
    {
        var network = Adapter.Networks is null ? Options.Network : (await Network.GetAsync(cancellationToken)).Id;
        return await ServerAsync(network, cancellationToken);
    }

    private async Task<CloudServer> ServerAsync(NativeId? network, CancellationToken cancellationToken)
    {
        var made = await this.CreateServerAsync(NextKey(), it => it with { Network = network }, cancellationToken);
        return await ServerInAsync(made.Id, [CloudState.Active], cancellationToken);
    }

    private async Task<CloudVolume> VolumeAsync(CancellationToken cancellationToken)
    {
        var made = await this.CreateVolumeAsync(NextKey(), it => it, cancellationToken);
        return await VolumeAsync(made.Id, "Active", _ => true, cancellationToken);
    }

    private async Task<CloudNetwork> NetworkAsync(CancellationToken cancellationToken)
    {
        var made = await this.CreateNetworkAsync(NextKey(), Options.NetworkCidr, cancellationToken);
        await UntilAsync(
            () => $"network '{made.Id}' to be Active",
            async () => (await Adapter.Networks!.GetAsync(made.Id, cancellationToken)).State == CloudState.Active,
            cancellationToken
        );
        return await Adapter.Networks!.GetAsync(made.Id, cancellationToken);
    }

    private async Task<CloudAddress> AddressAsync(CancellationToken cancellationToken)
    {
        var made = await this.CreateAddressAsync(NextKey(), cancellationToken);
        await UntilAsync(
            () => $"address '{made.Id}' to be usable",
            async () =>
                (await Adapter.Addresses!.GetAsync(made.Id, cancellationToken)).State
                    is CloudState.Active
                        or CloudState.Stopped,
            cancellationToken
        );
        return await Adapter.Addresses!.GetAsync(made.Id, cancellationToken);
    }
}
