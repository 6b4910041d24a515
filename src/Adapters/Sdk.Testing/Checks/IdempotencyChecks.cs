namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That calling twice with one key creates once: what a crash of the platform relies on.</summary>
internal static class IdempotencyChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(ServersAsync)
        {
            Id = "servers.create-is-idempotent",
            Group = "idempotency",
            Article = "A16",
            Proves = new CheckText(
                "同一操作键重复创建只产生一台云服务器",
                "creating a server twice with one key makes one server"
            ),
            Requires = [nameof(ICloudAdapter.Servers)],
        },
        new(VolumesAsync)
        {
            Id = "volumes.create-is-idempotent",
            Group = "idempotency",
            Article = "A16",
            Proves = new CheckText(
                "同一操作键重复创建只产生一块云硬盘",
                "creating a volume twice with one key makes one volume"
            ),
            Requires = [nameof(ICloudAdapter.Volumes)],
        },
    ];

    private static async Task ServersAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var servers = run.Adapter.Servers!;
        var key = run.NextKey();
        ConformanceFailure.Unless(
            await servers.FindAsync(key, cancellationToken) is null,
            "A key nobody used finds a server."
        );
        var first = await run.CreateServerAsync(key, null, cancellationToken);
        await SettleAsync(run, cancellationToken);
        var again = await run.CreateServerAsync(key, null, cancellationToken);
        ConformanceFailure.Unless(first.Id == again.Id, $"One key made two servers, '{first.Id}' and '{again.Id}'.");
        var found = await servers.FindAsync(key, cancellationToken);
        ConformanceFailure.Unless(found?.Id == first.Id, $"The key finds '{found?.Id}', not '{first.Id}'.");
        if (run.Adapter.Inventory is { } inventory)
        {
            await SettleAsync(run, cancellationToken);
            var listed = await inventory
                .ListServersAsync(cancellationToken)
                .CountAsync(server => server.Name == key.Value, cancellationToken);
            ConformanceFailure.Unless(listed == 1, $"One key made {listed} servers named '{key}'.");
        }
    }

    private static async Task VolumesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var key = run.NextKey();
        var first = await run.CreateVolumeAsync(key, cancellationToken);
        await SettleAsync(run, cancellationToken);
        var again = await run.CreateVolumeAsync(key, cancellationToken);
        ConformanceFailure.Unless(first.Id == again.Id, $"One key made two volumes, '{first.Id}' and '{again.Id}'.");
        var found = await run.Adapter.Volumes!.FindAsync(key, cancellationToken);
        ConformanceFailure.Unless(found?.Id == first.Id, $"The key finds '{found?.Id}', not '{first.Id}'.");
    }

    /// <summary>The time the adapter itself declares that a listing may miss what was just made.</summary>
    private static Task SettleAsync(ConformanceRun run, CancellationToken cancellationToken) =>
        Task.Delay(run.Adapter.Info.Limits.SettleTime, run.Options.MachineTime, cancellationToken);
}
