namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That volumes grow, never shrink, and hang on one server.</summary>
internal static class VolumeChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(GrowAsync)
        {
            Id = "volumes.grow-and-never-shrink",
            Group = "volumes",
            Article = "A20",
            Proves = new CheckText(
                "云硬盘可扩容、不可缩容",
                "a volume comes in the ordered size, grows, and refuses to shrink"
            ),
            Requires = [nameof(ICloudAdapter.Volumes)],
        },
        new(AttachAsync)
        {
            Id = "volumes.attach-and-detach",
            Group = "volumes",
            Article = "A16",
            Proves = new CheckText(
                "云硬盘可挂载、卸载，挂载中不可删除",
                "a volume is attached and detached, and is not deleted while attached"
            ),
            Requires = [nameof(ICloudAdapter.Servers), nameof(ICloudAdapter.Volumes), nameof(ICloudAdapter.Attachment)],
        },
    ];

    private static async Task GrowAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var volumes = run.Adapter.Volumes!;
        var (before, after) = (run.Options.VolumeSizeGiB, run.Options.VolumeSizeGiB + 10);
        var id = (await run.CreateVolumeAsync(run.NextKey(), cancellationToken)).Id;
        await run.VolumeAsync(id, volume => volume.SizeGiB == before, cancellationToken);
        await volumes.ExtendAsync(id, after, cancellationToken);
        await run.VolumeAsync(id, volume => volume.SizeGiB == after, cancellationToken);
        await volumes.ExtendAsync(id, after, cancellationToken);
        await ConformanceFailure.UnlessFailsAsync(
            FailureKind.InvalidRequest,
            "Shrinking a volume",
            () => volumes.ExtendAsync(id, before, cancellationToken)
        );
    }

    private static async Task AttachAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var server = (await run.SharedServerAsync(cancellationToken)).Id;
        var id = (await run.CreateVolumeAsync(run.NextKey(), cancellationToken)).Id;
        var attachment = run.Adapter.Attachment!;
        await run.VolumeAsync(id, _ => true, cancellationToken);
        await attachment.AttachAsync(id, server, cancellationToken);
        await run.VolumeAsync(id, volume => volume.AttachedTo == server, cancellationToken);
        await attachment.AttachAsync(id, server, cancellationToken);
        await ConformanceFailure.UnlessFailsAsync(
            FailureKind.Conflict,
            "Deleting an attached volume",
            () => run.Adapter.Volumes!.DeleteAsync(id, cancellationToken)
        );
        await attachment.DetachAsync(id, cancellationToken);
        await run.VolumeAsync(id, volume => volume.AttachedTo is null, cancellationToken);
        await attachment.DetachAsync(id, cancellationToken);
    }
}
