namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That a server comes as ordered and can be switched.</summary>
internal static class ServerChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(RunAsOrderedAsync)
        {
            Id = "servers.run-as-ordered",
            Group = "servers",
            Article = "A16",
            Proves = new CheckText(
                "云服务器按订购规格交付并可按操作键查到",
                "a server comes up in the ordered size and carries its operation key"
            ),
            Requires = [nameof(ICloudAdapter.Servers)],
        },
        new(AreSwitchedAsync)
        {
            Id = "servers.are-switched",
            Group = "servers",
            Article = "A16",
            Proves = new CheckText(
                "云服务器可关机、开机、重启，重复操作视为成功",
                "a server is stopped, started and rebooted; asking for what is so is success"
            ),
            Requires = [nameof(ICloudAdapter.Servers), nameof(ICloudAdapter.Power)],
        },
    ];

    private static async Task RunAsOrderedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var server = await run.SharedServerAsync(cancellationToken);
        ConformanceFailure.Unless(
            server.Size == run.Options.Size,
            $"Ordered was {run.Options.Size}, what runs is {server.Size}."
        );
        ConformanceFailure.Unless(server.Key is not null, "The server does not show its operation key.");
        var found = await run.Adapter.Servers!.FindAsync(server.Key!.Value, cancellationToken);
        ConformanceFailure.Unless(found?.Id == server.Id, $"By its key, '{found?.Id}' is found, not '{server.Id}'.");
    }

    private static async Task AreSwitchedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.SharedServerAsync(cancellationToken)).Id;
        var power = run.Adapter.Power!;
        await power.StopAsync(id, cancellationToken);
        await run.ServerInAsync(id, CloudState.Stopped, cancellationToken);
        await power.StopAsync(id, cancellationToken);
        await power.StartAsync(id, cancellationToken);
        await run.ServerInAsync(id, CloudState.Active, cancellationToken);
        await power.StartAsync(id, cancellationToken);
        await power.RebootAsync(id, cancellationToken);
        await run.ServerInAsync(id, CloudState.Active, cancellationToken);
    }
}
