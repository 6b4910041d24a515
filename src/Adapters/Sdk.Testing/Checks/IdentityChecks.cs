namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That a look shows what was asked for: nobody else's thing, and the key it was made under.</summary>
internal static class IdentityChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "inventory.looks-show-what-was-asked",
            "A14a",
            new CheckText(
                "按标识、按操作键查询只返回所问的资源，不返回他人资源",
                "a look by identifier or key shows that very thing and nobody else's, for every kind"
            ),
            async (run, token) =>
            {
                var looks = Looks(run, token).ToList();
                foreach (var look in looks)
                {
                    await look();
                }

                if (looks.Count == 0)
                {
                    throw new CheckSkipped("The adapter makes nothing to look at.");
                }
            }
        ),
    ];

    private static IEnumerable<Func<Task>> Looks(ConformanceRun run, CancellationToken token)
    {
        var adapter = run.Adapter;
        if (adapter.Servers is { } servers)
        {
            yield return async () =>
            {
                var asked = await run.First.GetAsync(token);
                Same("server", asked.Id, (await servers.GetAsync(asked.Id, token)).Id);
                await FoundAsync("server", asked.Key, async it => (await servers.FindAsync(it, token))?.Key);
            };
        }

        if (adapter.Volumes is { } volumes && run.Options.VolumeType is not null)
        {
            yield return async () =>
            {
                var asked = await run.Volume.GetAsync(token);
                Same("volume", asked.Id, (await volumes.GetAsync(asked.Id, token)).Id);
                await FoundAsync("volume", asked.Key, async it => (await volumes.FindAsync(it, token))?.Key);
            };
        }

        foreach (var look in NetworkLooks(run, token))
        {
            yield return look;
        }
    }

    private static IEnumerable<Func<Task>> NetworkLooks(ConformanceRun run, CancellationToken token)
    {
        var adapter = run.Adapter;
        if (adapter.Networks is { } networks)
        {
            yield return async () =>
            {
                var asked = await run.Network.GetAsync(token);
                Same("network", asked.Id, (await networks.GetAsync(asked.Id, token)).Id);
                await FoundAsync("network", asked.Key, async it => (await networks.FindAsync(it, token))?.Key);
            };
        }

        if (adapter.Addresses is { } addresses)
        {
            yield return async () =>
            {
                var asked = await run.Address.GetAsync(token);
                Same("address", asked.Id, (await addresses.GetAsync(asked.Id, token)).Id);
                await FoundAsync("address", asked.Key, async it => (await addresses.FindAsync(it, token))?.Key);
            };
        }
    }

    private static void Same(string what, NativeId asked, NativeId shown) =>
        ConformanceFailure.Unless(asked == shown, $"Asked for {what} '{asked}', the cloud shows '{shown}'.");

    /// <summary>What the key finds bears that key; finding nothing is the idempotency checks' matter.</summary>
    private static async Task FoundAsync(string what, OperationKey? asked, Func<OperationKey, Task<OperationKey?>> find)
    {
        if (asked is { } key && await find(key) is { } shown)
        {
            ConformanceFailure.Unless(key == shown, $"Key '{key}' finds a {what} made under key '{shown}'.");
        }
    }
}
