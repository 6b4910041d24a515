using CloudManager.Adapters.Sdk.Testing.Checks;

namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>
/// The conformance suite (适配器一致性测试, art. 16): what an adapter must do on a real pool before that pool is
/// activated. It makes a few small things, removes all of them at its end, also when it fails or is stopped, and
/// judges each check by itself. The CLI, the API and the tests all run this one.
/// </summary>
public static class ConformanceSuite
{
    /// <summary>Every check, in the order they run: the last two remove what the others made and prove it.</summary>
    public static IReadOnlyList<ConformanceCheck> Checks { get; } =
    [
        .. ConnectChecks.All,
        .. OfferingChecks.All,
        .. ServerChecks.Delivery,
        .. NetworkChecks.Delivery,
        .. VolumeChecks.Delivery,
        .. AddressChecks.Delivery,
        .. InventoryChecks.All,
        .. UsageChecks.All,
        .. IdempotencyChecks.All,
        .. VolumeChecks.Release,
        .. AddressChecks.Release,
        .. ServerChecks.Operation,
        .. ErrorChecks.All,
        .. LimitChecks.All,
        .. ErrorChecks.Deletion,
        InventoryChecks.Deleted,
        .. CleanUp.All,
    ];

    /// <summary>Runs every check whose services the adapter offers.</summary>
    /// <param name="adapter">The pool's adapter.</param>
    /// <param name="options">What to order and how long to wait.</param>
    /// <param name="progress">Told as each check begins and ends; may be null.</param>
    /// <param name="stopping">Ends the run early; what was made is removed first, and the report says so.</param>
    public static Task<ConformanceReport> RunAsync(
        ICloudAdapter adapter,
        ConformanceOptions options,
        IProgress<ConformanceProgress>? progress,
        CancellationToken stopping
    ) => new Judge(new ConformanceRun(adapter, options), progress).RunAsync(stopping);

    /// <summary>Removes what a run of the options' prefix left that never came to its end.</summary>
    /// <returns>How the removal ended, and the proof that nothing is left.</returns>
    public static async Task<IReadOnlyList<CheckResult>> RemoveLeftoversAsync(
        ICloudAdapter adapter,
        ConformanceOptions options,
        CancellationToken cancellationToken
    )
    {
        var run = new ConformanceRun(adapter, options);
        foreach (var things in run.Made.All)
        {
            // What the inventory lists is found there; snapshots and clouds without one are searched key by key.
            var listed = adapter.Inventory is not null && things != run.Made.Snapshots;
            things.Keys.UnionWith(run.PossibleKeys(listed ? 1 : CleanUp.MostKeys));
        }

        return await new Judge(run, null).CleanUpAsync(cancellationToken);
    }
}
