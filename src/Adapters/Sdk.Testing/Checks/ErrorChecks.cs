namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That failures are told in the contract's words.</summary>
internal static class ErrorChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(UnknownFlavourAsync)
        {
            Id = "errors.unknown-flavour-is-invalid",
            Group = "errors",
            Article = "A16",
            Proves = new CheckText(
                "未知规格以 InvalidRequest 拒绝且不产生资源",
                "an unknown flavour is refused as InvalidRequest and nothing is made or invented"
            ),
            Requires = [nameof(ICloudAdapter.Servers)],
        },
        new(GoneAsync)
        {
            Id = "errors.gone-is-not-found",
            Group = "errors",
            Article = "A21a",
            Proves = new CheckText(
                "已删除的云服务器查询为 NotFound，重复删除视为成功",
                "a deleted server is NotFound, its key finds nothing, and deleting it again is success"
            ),
            Requires = [nameof(ICloudAdapter.Servers)],
        },
    ];

    private static async Task UnknownFlavourAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var key = run.NextKey();
        await ConformanceFailure.UnlessFailsAsync(
            FailureKind.InvalidRequest,
            "Creating a server of an unknown flavour",
            () => run.CreateServerAsync(key, "no-such-flavour", cancellationToken)
        );
        var found = await run.Adapter.Servers!.FindAsync(key, cancellationToken);
        ConformanceFailure.Unless(found is null, $"The refused create made '{found?.Id}'.");
    }

    private static async Task GoneAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var servers = run.Adapter.Servers!;
        var key = run.NextKey();
        var id = (await run.SettledServerAsync(key, cancellationToken)).Id;
        await servers.DeleteAsync(id, cancellationToken);
        await run.UntilGoneAsync($"server '{id}'", () => servers.GetAsync(id, cancellationToken), cancellationToken);
        await servers.DeleteAsync(id, cancellationToken);
        await run.UntilAsync(
            $"the key of the deleted server '{id}' to find nothing",
            async () => await servers.FindAsync(key, cancellationToken) is null,
            cancellationToken
        );
    }
}
