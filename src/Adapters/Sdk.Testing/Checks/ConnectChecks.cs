namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That the cloud answers, and offers what is to be ordered.</summary>
internal static class ConnectChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new(AnswersAsync)
        {
            Id = "connect.answers",
            Group = "connect",
            Article = "A16",
            Proves = new CheckText("云平台可达且凭据有效", "the cloud answers and accepts the credentials"),
        },
        new(OfferingsAsync)
        {
            Id = "offerings.name-what-is-ordered",
            Group = "offerings",
            Article = "A16",
            Proves = new CheckText(
                "镜像和规格清单完整，含拟订购的镜像与规格",
                "the lists of images and flavours hold what is to be ordered, each thing once and in its size"
            ),
            Requires = [nameof(ICloudAdapter.Offerings)],
        },
    ];

    private static async Task AnswersAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        await run.Adapter.CheckAsync(cancellationToken);
        ConformanceFailure.Unless(!string.IsNullOrWhiteSpace(run.Adapter.Info.Kind), "Info.Kind is empty.");
    }

    private static async Task OfferingsAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var offered = run.Adapter.Offerings!;
        var flavours = await offered.ListFlavoursAsync(cancellationToken).ToListAsync(cancellationToken);
        var images = await offered.ListImagesAsync(cancellationToken).ToListAsync(cancellationToken);
        Once("flavour", flavours.Select(flavour => flavour.Flavour));
        Once("image", images.Select(image => image.Id));
        var wanted = new CloudFlavour(run.Options.Flavour, run.Options.Size);
        ConformanceFailure.Unless(flavours.Contains(wanted), $"The list of flavours does not hold {wanted}.");
        ConformanceFailure.Unless(
            images.Exists(image => image.Id == run.Options.Image),
            $"The list of images does not hold '{run.Options.Image}'."
        );
    }

    private static void Once(string what, IEnumerable<string> names)
    {
        var twice = names.CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key).ToList();
        ConformanceFailure.Unless(twice.Count == 0, $"Listed more than once as {what}: {string.Join(", ", twice)}.");
    }
}
