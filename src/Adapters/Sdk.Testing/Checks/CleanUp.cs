namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>
/// Removes everything the run made: what it knows by identifier, what it finds by key, and what the inventory shows
/// under its names, so that even an adapter that makes more than it says leaves nothing behind.
/// </summary>
internal static class CleanUp
{
    /// <summary>More keys than one run ever uses.</summary>
    public const int MostKeys = 60;

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "clean-up.removes-everything",
            "A21a",
            new CheckText("测试所建资源全部清除", "everything the suite made is deleted, also what a lost answer made"),
            RemovesEverythingAsync
        ),
        new(
            "clean-up.leaves-nothing",
            "A21a",
            new CheckText("盘点证明无测试资源残留", "a last listing shows nothing that bears the run's name"),
            LeavesNothingAsync,
            nameof(ICloudAdapter.Inventory)
        ),
    ];

    private static async Task RemovesEverythingAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var left = new List<string>();
        foreach (var sweep in Sweeps(run))
        {
            await sweep.RunAsync(left, cancellationToken);
        }

        ConformanceFailure.Unless(left.Count == 0, $"Left behind: {string.Join("; ", left)}.");
    }

    private static async Task LeavesNothingAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        List<string> left = [];
        try
        {
            await run.UntilAsync(
                () => "everything to disappear from the inventory",
                async () => (left = await ListedAsync(run, cancellationToken)).Count == 0,
                cancellationToken
            );
        }
        catch (ConformanceFailure) when (left.Count > 0)
        {
            throw new ConformanceFailure($"Still listed: {string.Join(", ", left)}.");
        }
    }

    private static async Task<List<string>> ListedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var inventory = run.Adapter.Inventory!;
        List<string> left = [];
        foreach (var sweep in Sweeps(run))
        {
            var listed = await sweep.List(inventory, cancellationToken).ToListAsync(cancellationToken);
            left.AddRange(listed.Select(id => $"{sweep.What} '{id}'"));
        }

        return left;
    }

    /// <summary>Servers first: they hold volumes, addresses and networks.</summary>
    private static IEnumerable<Sweep> Sweeps(ConformanceRun run)
    {
        var adapter = run.Adapter;
        if (adapter.Servers is { } servers)
        {
            yield return new Sweep(run, "server", run.Made.Servers)
            {
                Find = async (key, token) => (await servers.FindAsync(key, token))?.Id,
                List = (it, token) =>
                    it.ListServersAsync(token).Where(x => run.IsOurs(x.Name, x.Key)).Select(x => x.Id),
                Delete = (id, token) => servers.DeleteAsync(id, token),
                Look = (id, token) => servers.GetAsync(id, token),
            };
        }

        if (adapter.Snapshots is { } snapshots)
        {
            yield return new Sweep(run, "snapshot", run.Made.Snapshots)
            {
                Find = async (key, token) => (await snapshots.FindAsync(key, token))?.Id,
                List = (_, _) => AsyncEnumerable.Empty<NativeId>(),
                Delete = (id, token) => snapshots.DeleteAsync(id, token),
                Look = (id, token) => snapshots.GetAsync(id, token),
            };
        }

        foreach (var sweep in VolumeSweeps(run).Concat(NetworkSweeps(run)))
        {
            yield return sweep;
        }
    }

    private static IEnumerable<Sweep> VolumeSweeps(ConformanceRun run)
    {
        var adapter = run.Adapter;
        if (adapter.Volumes is { } volumes)
        {
            yield return new Sweep(run, "volume", run.Made.Volumes)
            {
                Find = async (key, token) => (await volumes.FindAsync(key, token))?.Id,
                List = (it, token) =>
                    it.ListVolumesAsync(token).Where(x => run.IsOurs(x.Name, x.Key)).Select(x => x.Id),
                Release = adapter.Attachment is { } it ? it.DetachAsync : null,
                Delete = (id, token) => volumes.DeleteAsync(id, token),
                Look = (id, token) => volumes.GetAsync(id, token),
            };
        }
    }

    private static IEnumerable<Sweep> NetworkSweeps(ConformanceRun run)
    {
        var adapter = run.Adapter;
        if (adapter.Addresses is { } addresses)
        {
            yield return new Sweep(run, "address", run.Made.Addresses)
            {
                Find = async (key, token) => (await addresses.FindAsync(key, token))?.Id,
                List = (it, token) =>
                    it.ListAddressesAsync(token).Where(x => run.IsOurs(null, x.Key)).Select(x => x.Id),
                Release = adapter.Binding is { } it ? it.UnbindAsync : null,
                Delete = (id, token) => addresses.DeleteAsync(id, token),
                Look = (id, token) => addresses.GetAsync(id, token),
            };
        }

        if (adapter.Networks is { } networks)
        {
            yield return new Sweep(run, "network", run.Made.Networks)
            {
                Find = async (key, token) => (await networks.FindAsync(key, token))?.Id,
                List = (it, token) =>
                    it.ListNetworksAsync(token).Where(x => run.IsOurs(x.Name, x.Key)).Select(x => x.Id),
                Delete = (id, token) => networks.DeleteAsync(id, token),
                Look = (id, token) => networks.GetAsync(id, token),
            };
        }
    }
}
