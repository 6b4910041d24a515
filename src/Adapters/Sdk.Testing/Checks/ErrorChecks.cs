namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That failures are told in the contract's words.</summary>
internal static class ErrorChecks
{
    private const string Servers = nameof(ICloudAdapter.Servers);
    private const string Volumes = nameof(ICloudAdapter.Volumes);

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "errors.unknown-things-are-not-found",
            "A16",
            new CheckText(
                "查询不存在的资源返回 NotFound",
                "looking at what does not exist is NotFound, for every kind"
            ),
            UnknownAreNotFoundAsync
        ),
        new(
            "errors.deleting-the-unknown-is-success",
            "A21a",
            new CheckText("删除不存在的资源视为成功", "deleting what does not exist is success, for every kind"),
            UnknownAreDeletedAsync
        ),
        new(
            "errors.unknown-flavour-is-invalid",
            "A16",
            new CheckText(
                "未知规格以 InvalidRequest 拒绝且不产生资源",
                "an unknown flavour is InvalidRequest and nothing is made"
            ),
            (run, token) => RefusedServerAsync(run, "flavour", it => it with { Flavour = Unknown().Value }, token),
            Servers
        ),
        new(
            "errors.unknown-image-is-invalid",
            "A16",
            new CheckText(
                "未知镜像以 InvalidRequest 拒绝且不产生资源",
                "an unknown image is InvalidRequest and nothing is made"
            ),
            (run, token) => RefusedServerAsync(run, "image", it => it with { Image = Unknown().Value }, token),
            Servers
        ),
        new(
            "errors.unknown-volume-type-is-invalid",
            "A16",
            new CheckText(
                "未知云硬盘类型以 InvalidRequest 拒绝",
                "an unknown volume type is InvalidRequest and nothing is made"
            ),
            UnknownVolumeTypeAsync,
            Volumes
        ),
    ];

    /// <summary>What deletes the things the checks shared.</summary>
    public static IReadOnlyList<ConformanceCheck> Deletion { get; } =
    [
        new(
            "errors.deleted-servers-are-gone",
            "A21a",
            new CheckText(
                "已删除的云服务器查询为 NotFound，重复删除视为成功",
                "a deleted server is NotFound, its key finds nothing, deleting it again is success"
            ),
            DeletedServersAsync,
            Servers
        ),
        new(
            "errors.deleted-volumes-are-gone",
            "A21b",
            new CheckText(
                "已删除的云硬盘查询为 NotFound，重复删除视为成功",
                "a deleted volume is NotFound, its key finds nothing, deleting it again is success"
            ),
            DeletedVolumesAsync,
            Volumes
        ),
    ];

    /// <summary>An identifier and name nobody has.</summary>
    private static NativeId Unknown() => new(Guid.NewGuid().ToString());

    private static async Task UnknownAreNotFoundAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var adapter = run.Adapter;
        List<(string What, Func<Task>? Look)> looks =
        [
            ("a server", adapter.Servers is { } servers ? () => servers.GetAsync(Unknown(), cancellationToken) : null),
            ("a volume", adapter.Volumes is { } volumes ? () => volumes.GetAsync(Unknown(), cancellationToken) : null),
            (
                "a snapshot",
                adapter.Snapshots is { } snapshots ? () => snapshots.GetAsync(Unknown(), cancellationToken) : null
            ),
            (
                "a network",
                adapter.Networks is { } networks ? () => networks.GetAsync(Unknown(), cancellationToken) : null
            ),
            (
                "an address",
                adapter.Addresses is { } addresses ? () => addresses.GetAsync(Unknown(), cancellationToken) : null
            ),
        ];
        foreach (var (what, look) in looks.Where(it => it.Look is not null))
        {
            await ConformanceFailure.UnlessFailsAsync(FailureKind.NotFound, $"Looking at {what} nobody made", look!);
        }
    }

    private static async Task UnknownAreDeletedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var adapter = run.Adapter;
        List<Func<Task>?> deletes =
        [
            adapter.Servers is { } servers ? () => servers.DeleteAsync(Unknown(), cancellationToken) : null,
            adapter.Volumes is { } volumes ? () => volumes.DeleteAsync(Unknown(), cancellationToken) : null,
            adapter.Snapshots is { } snapshots ? () => snapshots.DeleteAsync(Unknown(), cancellationToken) : null,
            adapter.Networks is { } networks ? () => networks.DeleteAsync(Unknown(), cancellationToken) : null,
            adapter.Addresses is { } addresses ? () => addresses.DeleteAsync(Unknown(), cancellationToken) : null,
        ];
        foreach (var delete in deletes.OfType<Func<Task>>())
        {
            await delete();
        }
    }

    private static async Task RefusedServerAsync(
        ConformanceRun run,
        string what,
        Func<ServerSpec, ServerSpec> change,
        CancellationToken cancellationToken
    )
    {
        var key = run.NextKey();
        await ConformanceFailure.UnlessFailsAsync(
            FailureKind.InvalidRequest,
            $"Creating a server of an unknown {what}",
            () => run.CreateServerAsync(key, change, cancellationToken)
        );
        var found = await run.Adapter.Servers!.FindAsync(key, cancellationToken);
        ConformanceFailure.Unless(found is null, $"The refused create made '{found?.Id}'.");
    }

    private static async Task UnknownVolumeTypeAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var key = run.NextKey();
        await ConformanceFailure.UnlessFailsAsync(
            FailureKind.InvalidRequest,
            "Creating a volume of an unknown type",
            () => run.CreateVolumeAsync(key, it => it with { Type = Unknown().Value }, cancellationToken)
        );
        var found = await run.Adapter.Volumes!.FindAsync(key, cancellationToken);
        ConformanceFailure.Unless(found is null, $"The refused create made '{found?.Id}'.");
    }

    private static async Task DeletedServersAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var servers = run.Adapter.Servers!;
        var server = await run.Second.GetAsync(cancellationToken);
        await servers.DeleteAsync(server.Id, cancellationToken);
        await run.UntilGoneAsync(
            $"server '{server.Id}'",
            () => servers.GetAsync(server.Id, cancellationToken),
            cancellationToken
        );
        await servers.DeleteAsync(server.Id, cancellationToken);
        await run.UntilAsync(
            () => $"the key of the deleted server '{server.Id}' to find nothing",
            async () => server.Key is not { } key || await servers.FindAsync(key, cancellationToken) is null,
            cancellationToken
        );
    }

    private static async Task DeletedVolumesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var volumes = run.Adapter.Volumes!;
        var volume = await run.CreateVolumeAsync(run.NextKey(), it => it, cancellationToken);
        await run.VolumeAsync(volume.Id, "Active", _ => true, cancellationToken);
        await volumes.DeleteAsync(volume.Id, cancellationToken);
        await run.UntilGoneAsync(
            $"volume '{volume.Id}'",
            () => volumes.GetAsync(volume.Id, cancellationToken),
            cancellationToken
        );
        await volumes.DeleteAsync(volume.Id, cancellationToken);
        await run.UntilAsync(
            () => $"the key of the deleted volume '{volume.Id}' to find nothing",
            async () => volume.Key is not { } key || await volumes.FindAsync(key, cancellationToken) is null,
            cancellationToken
        );
    }
}
