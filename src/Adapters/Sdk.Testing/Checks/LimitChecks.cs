namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That the cloud keeps to the limits the adapter declares, and keeps the names people give.</summary>
internal static class LimitChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "limits.largest-volume",
            "A16",
            new CheckText(
                "超过单盘上限的云硬盘被拒绝且不产生资源",
                "a volume above the declared largest is refused and nothing is made"
            ),
            LargestVolumeAsync,
            nameof(ICloudAdapter.Volumes)
        ),
        new(
            "limits.names-keep-chinese",
            "A16",
            new CheckText("中文名称原样保存", "a name with Chinese in it is kept as it was given"),
            async (run, token) =>
            {
                var volume = await run.Volume.GetAsync(token);
                var seen = await run.Adapter.Volumes!.GetAsync(volume.Id, token);
                ConformanceFailure.Unless(
                    run.Made.Volumes.Keys.Any(key => Creating.VolumeName(key) == seen.Name),
                    $"The volume is called '{seen.Name}'; it was ordered as '{run.Prefix}-…-数据盘'."
                );
            },
            nameof(ICloudAdapter.Volumes)
        ),
    ];

    private static async Task LargestVolumeAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        if (run.Adapter.Info.Limits.LargestVolumeGiB is not { } largest)
        {
            throw new CheckSkipped("The cloud states no largest volume.");
        }

        var key = run.NextKey();
        try
        {
            await run.CreateVolumeAsync(key, it => it with { SizeGiB = largest + 1 }, cancellationToken);
        }
        catch (AdapterException failure)
            when (failure.Kind is FailureKind.InvalidRequest or FailureKind.QuotaExceeded or FailureKind.NoCapacity)
        {
            var found = await run.Adapter.Volumes!.FindAsync(key, cancellationToken);
            ConformanceFailure.Unless(found is null, $"The refused create made '{found?.Id}'.");
            return;
        }

        throw new ConformanceFailure(
            $"A volume of {largest + 1} GiB was taken; the largest is said to be {largest} GiB."
        );
    }
}
