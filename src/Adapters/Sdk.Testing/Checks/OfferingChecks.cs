namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That the cloud offers what is to be ordered, and what the pool's mapping promises.</summary>
internal static class OfferingChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(
            "offerings.list-flavours",
            "A16",
            new CheckText(
                "规格清单完整无重复，含拟订购规格且大小一致",
                "the list of flavours holds the ordered one in its size, each once"
            ),
            FlavoursAsync,
            nameof(ICloudAdapter.Offerings)
        ),
        new(
            "offerings.list-images",
            "A16",
            new CheckText("镜像清单完整无重复，含拟订购镜像", "the list of images holds the ordered one, each once"),
            ImagesAsync,
            nameof(ICloudAdapter.Offerings)
        ),
        new(
            "offerings.list-volume-types",
            "A16",
            new CheckText("云硬盘类型清单含拟订购类型", "the list of volume types holds the ordered one, each once"),
            VolumeTypesAsync,
            nameof(ICloudAdapter.Offerings),
            nameof(ICloudAdapter.Volumes)
        ),
        new(
            "offerings.mapped-flavours-exist",
            "A15a",
            new CheckText(
                "规格映射表中每个规格真实存在且大小一致",
                "every flavour of the pool's reviewed table exists in that very size"
            ),
            MappedFlavoursAsync,
            nameof(ICloudAdapter.Offerings)
        ),
        new(
            "offerings.mapped-images-and-types-exist",
            "A15a",
            new CheckText(
                "映射表中每个镜像和云硬盘类型真实存在",
                "every image and volume type the pool's mapping leads to exists"
            ),
            MappedNamesAsync,
            nameof(ICloudAdapter.Offerings)
        ),
    ];

    private static async Task FlavoursAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var offered = await FlavoursOfAsync(run, cancellationToken);
        Once("flavour", offered.Select(flavour => flavour.Flavour));
        var wanted = new CloudFlavour(run.Options.Flavour, run.Options.Size);
        ConformanceFailure.Unless(offered.Contains(wanted), $"The list of flavours does not hold {wanted}.");
    }

    private static async Task ImagesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var offered = await run.Adapter.Offerings!.ListImagesAsync(cancellationToken).ToListAsync(cancellationToken);
        Once("image", offered.Select(image => image.Id));
        ConformanceFailure.Unless(
            offered.Exists(image => image.Id == run.Options.Image || image.Name == run.Options.Image),
            $"The list of images does not hold '{run.Options.Image}'."
        );
    }

    private static async Task VolumeTypesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var wanted = run.Options.VolumeType ?? throw new CheckSkipped("The pool's mapping names no volume type.");
        var offered = await TypesOfAsync(run, cancellationToken);
        Once("volume type", offered);
        ConformanceFailure.Unless(offered.Contains(wanted), $"The list of volume types does not hold '{wanted}'.");
    }

    private static async Task MappedFlavoursAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        SkipUnless(run.Options.MappedFlavours.Count > 0);
        var offered = await FlavoursOfAsync(run, cancellationToken);
        var wrong = run.Options.MappedFlavours.Except(offered).Select(flavour => Fault(flavour, offered)).ToList();
        ConformanceFailure.Unless(wrong.Count == 0, $"The mapping is wrong: {string.Join("; ", wrong)}.");
    }

    private static async Task MappedNamesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        SkipUnless(run.Options.MappedImages.Count + run.Options.MappedVolumeTypes.Count > 0);
        var images = await run.Adapter.Offerings!.ListImagesAsync(cancellationToken).ToListAsync(cancellationToken);
        var types = run.Options.MappedVolumeTypes.Count == 0 ? [] : await TypesOfAsync(run, cancellationToken);
        List<string> missing =
        [
            .. run.Options.MappedImages.Except(images.SelectMany(image => new[] { image.Id, image.Name })),
            .. run.Options.MappedVolumeTypes.Except(types),
        ];
        ConformanceFailure.Unless(
            missing.Count == 0,
            $"The mapping leads to what does not exist: {string.Join(", ", missing)}."
        );
    }

    private static string Fault(CloudFlavour wanted, List<CloudFlavour> offered) =>
        offered.Find(it => it.Flavour == wanted.Flavour) is { } other
            ? $"'{wanted.Flavour}' has {other.Size}, not {wanted.Size}"
            : $"'{wanted.Flavour}' does not exist";

    private static ValueTask<List<CloudFlavour>> FlavoursOfAsync(ConformanceRun run, CancellationToken token) =>
        run.Adapter.Offerings!.ListFlavoursAsync(token).ToListAsync(token);

    private static ValueTask<List<string>> TypesOfAsync(ConformanceRun run, CancellationToken token) =>
        run.Adapter.Offerings!.ListVolumeTypesAsync(token).Select(type => type.Type).ToListAsync(token);

    private static void SkipUnless(bool mapped)
    {
        if (!mapped)
        {
            throw new CheckSkipped("The pool's mapping was not given.");
        }
    }

    private static void Once(string what, IEnumerable<string> names)
    {
        var twice = names.CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key).ToList();
        ConformanceFailure.Unless(twice.Count == 0, $"Listed more than once as {what}: {string.Join(", ", twice)}.");
    }
}
