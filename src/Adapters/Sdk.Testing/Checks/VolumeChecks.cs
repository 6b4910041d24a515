namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That volumes grow, never shrink, hang on one server, and can be snapshotted.</summary>
internal static class VolumeChecks
{
    private const string Volumes = nameof(ICloudAdapter.Volumes);
    private const string Servers = nameof(ICloudAdapter.Servers);
    private const string Attachment = nameof(ICloudAdapter.Attachment);

    public static IReadOnlyList<ConformanceCheck> Delivery { get; } =
    [
        new(
            "volumes.come-as-ordered",
            "A16",
            new CheckText("云硬盘按订购容量和类型创建", "a volume comes in the ordered size and type"),
            ComeAsOrderedAsync,
            Volumes
        ),
        new(
            "volumes.grow",
            "A20",
            new CheckText("云硬盘可扩容，重复请求视为成功", "a volume grows; asking again is success"),
            GrowAsync,
            Volumes
        ),
        new(
            "volumes.never-shrink",
            "A20",
            new CheckText("云硬盘不可缩容", "shrinking a volume is refused as InvalidRequest"),
            NeverShrinkAsync,
            Volumes
        ),
        new(
            "volumes.have-snapshots",
            "A16",
            new CheckText("云硬盘可做快照并删除快照", "a snapshot of a volume is taken, seen and deleted"),
            HaveSnapshotsAsync,
            Volumes,
            nameof(ICloudAdapter.Snapshots)
        ),
        new(
            "volumes.attach",
            "A16",
            new CheckText("云硬盘可挂载，重复挂载视为成功", "a volume is attached; attaching it again is success"),
            AttachAsync,
            Volumes,
            Servers,
            Attachment
        ),
        new(
            "volumes.attached-elsewhere-are-refused",
            "A16",
            new CheckText("已挂载的云硬盘不可再挂载到另一台", "attaching to a second server is refused as Conflict"),
            AttachedElsewhereAsync,
            Volumes,
            Servers,
            Attachment
        ),
        new(
            "volumes.attached-are-not-deleted",
            "A16",
            new CheckText("挂载中的云硬盘不可删除", "deleting an attached volume is refused as Conflict"),
            AttachedAreNotDeletedAsync,
            Volumes,
            Servers,
            Attachment
        ),
    ];

    /// <summary>Done after the inventory was looked at.</summary>
    public static IReadOnlyList<ConformanceCheck> Release { get; } =
    [
        new(
            "volumes.detach",
            "A21a",
            new CheckText("云硬盘可卸载，重复卸载视为成功", "a volume is detached; detaching it again is success"),
            DetachAsync,
            Volumes,
            Servers,
            Attachment
        ),
    ];

    private static async Task ComeAsOrderedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var volume = await run.Volume.MakeAsync(cancellationToken);
        ConformanceFailure.UnlessSame(run.Options.VolumeSizeGiB, volume.SizeGiB, "The size of the volume in GiB");
        ConformanceFailure.Unless(volume.AttachedTo is null, $"A new volume is attached to '{volume.AttachedTo}'.");
        ConformanceFailure.UnlessSame(run.Options.VolumeType, volume.Type ?? run.Options.VolumeType, "Its type");
    }

    private static async Task GrowAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.Volume.GetAsync(cancellationToken)).Id;
        var size = run.Options.VolumeSizeGiB + 10;
        await run.Adapter.Volumes!.ExtendAsync(id, size, cancellationToken);
        await run.VolumeAsync(id, $"{size} GiB", volume => volume.SizeGiB == size, cancellationToken);
        await run.Adapter.Volumes!.ExtendAsync(id, size, cancellationToken);
    }

    private static async Task NeverShrinkAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.Volume.GetAsync(cancellationToken)).Id;
        var now = (await run.Adapter.Volumes!.GetAsync(id, cancellationToken)).SizeGiB;
        await ConformanceFailure.UnlessFailsAsync(
            FailureKind.InvalidRequest,
            "Shrinking a volume",
            () => run.Adapter.Volumes!.ExtendAsync(id, now - 1, cancellationToken)
        );
    }

    private static async Task HaveSnapshotsAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var snapshots = run.Adapter.Snapshots!;
        var volume = (await run.Volume.GetAsync(cancellationToken)).Id;
        var id = (await run.CreateSnapshotAsync(run.NextKey(), volume, cancellationToken)).Id;
        await run.UntilAsync(
            () => $"snapshot '{id}' to be Active",
            async () =>
            {
                var seen = await snapshots.GetAsync(id, cancellationToken);
                ConformanceFailure.Unless(seen.State != CloudState.Error, $"Snapshot '{id}' is in Error: {seen.Fault}");
                return seen.State == CloudState.Active;
            },
            cancellationToken
        );
        var taken = await snapshots.GetAsync(id, cancellationToken);
        ConformanceFailure.UnlessSame(volume, taken.Volume, "The snapshot's volume");
        await snapshots.DeleteAsync(id, cancellationToken);
        await run.UntilGoneAsync(
            $"snapshot '{id}'",
            () => snapshots.GetAsync(id, cancellationToken),
            cancellationToken
        );
        await snapshots.DeleteAsync(id, cancellationToken);
    }

    private static async Task AttachAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var (volume, server) = await run.Attached.MakeAsync(cancellationToken);
        await run.Adapter.Attachment!.AttachAsync(volume, server, cancellationToken);
    }

    private static async Task AttachedElsewhereAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var other = (await run.Second.GetAsync(cancellationToken)).Id;
        var (volume, _) = await run.Attached.GetAsync(cancellationToken);
        await ConformanceFailure.UnlessFailsAsync(
            FailureKind.Conflict,
            "Attaching a volume that another server holds",
            () => run.Adapter.Attachment!.AttachAsync(volume, other, cancellationToken)
        );
    }

    private static async Task AttachedAreNotDeletedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var (volume, _) = await run.Attached.GetAsync(cancellationToken);
        await ConformanceFailure.UnlessFailsAsync(
            FailureKind.Conflict,
            "Deleting an attached volume",
            () => run.Adapter.Volumes!.DeleteAsync(volume, cancellationToken)
        );
    }

    private static async Task DetachAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var (volume, _) = await run.Attached.GetAsync(cancellationToken);
        await run.Adapter.Attachment!.DetachAsync(volume, cancellationToken);
        await run.VolumeAsync(volume, "detached", it => it.AttachedTo is null, cancellationToken);
        await run.Adapter.Attachment!.DetachAsync(volume, cancellationToken);
    }
}
