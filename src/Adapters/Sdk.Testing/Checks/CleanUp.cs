namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>
/// Removes everything the run made: what it knows by identifier, what it finds by key, and what the inventory shows
/// under its names, so that even an adapter that makes more than it says leaves nothing behind.
/// </summary>
internal static class CleanUp
{
    public static ConformanceCheck Check { get; } =
        new(RunAsync)
        {
            Id = "clean-up.leaves-nothing",
            Group = "clean-up",
            Article = "A21a",
            Proves = new CheckText(
                "测试所建资源全部清除",
                "everything the suite made is deleted, and nothing of it shows afterwards"
            ),
        };

    private static async Task RunAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var adapter = run.Adapter;
        var left = new List<string>();

        // What was made just before a cancellation may not show yet.
        await Task.Delay(adapter.Info.Limits.SettleTime, run.Options.MachineTime, cancellationToken);

        // Servers first: they hold volumes, addresses and networks.
        await new Sweep(run, "server", run.Servers)
        {
            Find = async (key, token) => (await adapter.Servers!.FindAsync(key, token))?.Id,
            List = (it, token) => it.ListServersAsync(token).Where(x => Ours(run, x.Name, x.Key)).Select(x => x.Id),
            Delete = (id, token) => adapter.Servers!.DeleteAsync(id, token),
            Look = (id, token) => adapter.Servers!.GetAsync(id, token),
        }.RunAsync(left, cancellationToken);
        await new Sweep(run, "volume", run.Volumes)
        {
            Find = async (key, token) => (await adapter.Volumes!.FindAsync(key, token))?.Id,
            List = (it, token) => it.ListVolumesAsync(token).Where(x => Ours(run, x.Name, x.Key)).Select(x => x.Id),
            Delete = (id, token) => adapter.Volumes!.DeleteAsync(id, token),
            Look = (id, token) => adapter.Volumes!.GetAsync(id, token),
        }.RunAsync(left, cancellationToken);
        await new Sweep(run, "address", run.Addresses)
        {
            Find = async (key, token) => (await adapter.Addresses!.FindAsync(key, token))?.Id,
            List = (it, token) => it.ListAddressesAsync(token).Where(x => Ours(run, null, x.Key)).Select(x => x.Id),
            Delete = (id, token) => adapter.Addresses!.DeleteAsync(id, token),
            Look = (id, token) => adapter.Addresses!.GetAsync(id, token),
        }.RunAsync(left, cancellationToken);
        await new Sweep(run, "network", run.Networks)
        {
            Find = async (key, token) => (await adapter.Networks!.FindAsync(key, token))?.Id,
            List = (it, token) => it.ListNetworksAsync(token).Where(x => Ours(run, x.Name, x.Key)).Select(x => x.Id),
            Delete = (id, token) => adapter.Networks!.DeleteAsync(id, token),
            Look = (id, token) => adapter.Networks!.GetAsync(id, token),
        }.RunAsync(left, cancellationToken);
        ConformanceFailure.Unless(left.Count == 0, $"Left behind: {string.Join("; ", left)}.");
    }

    private static bool Ours(ConformanceRun run, string? name, OperationKey? key) =>
        name?.StartsWith(run.Prefix, StringComparison.Ordinal) == true
        || key?.Value.StartsWith(run.Prefix, StringComparison.Ordinal) == true;
}
