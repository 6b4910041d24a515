namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>Removes everything of one kind that a run made.</summary>
internal sealed class Sweep(ConformanceRun run, string what, MadeThings made)
{
    public string What => what;

    /// <summary>Finds one by its key.</summary>
    public required Func<OperationKey, CancellationToken, Task<NativeId?>> Find { get; init; }

    /// <summary>Lists what of the inventory is the run's.</summary>
    public required Func<IInventory, CancellationToken, IAsyncEnumerable<NativeId>> List { get; init; }

    /// <summary>Frees it from the server that holds it; null where nothing is held.</summary>
    public Func<NativeId, CancellationToken, Task>? Release { get; init; }

    public required Func<NativeId, CancellationToken, Task> Delete { get; init; }

    /// <summary>Looks at one; fails with not found when it is gone.</summary>
    public required Func<NativeId, CancellationToken, Task> Look { get; init; }

    /// <summary>Removes all of them; what cannot be removed is added to what is left, with the reason.</summary>
    public async Task RunAsync(List<string> left, CancellationToken cancellationToken)
    {
        if (made.Keys.Count == 0)
        {
            return;
        }

        await TryAsync($"the search for every {what}", () => CollectAsync(cancellationToken), left, cancellationToken);
        foreach (var id in made.Ids)
        {
            await TryAsync($"{what} '{id}'", () => AskAsync(id, cancellationToken), left, cancellationToken);
        }

        foreach (var id in made.Ids)
        {
            await TryAsync($"{what} '{id}'", () => AwaitAsync(id, cancellationToken), left, cancellationToken);
        }
    }

    /// <summary>What a lost answer made may show later: it is looked for as long as the adapter says it may.</summary>
    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        var clock = run.Options.MachineTime;
        var start = clock.GetTimestamp();
        await FindAllAsync(made.Keys, cancellationToken);
        while (made.Unanswered.Count > 0 && clock.GetElapsedTime(start) < run.Adapter.Info.Limits.SettleTime)
        {
            await Task.Delay(run.Options.PollDelay, clock, cancellationToken);
            await FindAllAsync([.. made.Unanswered], cancellationToken);
        }

        if (run.Adapter.Inventory is { } inventory)
        {
            await StubbornlyAsync(
                async () => made.Ids.UnionWith(await List(inventory, cancellationToken).ToListAsync(cancellationToken)),
                cancellationToken
            );
        }
    }

    private async Task FindAllAsync(IEnumerable<OperationKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            await StubbornlyAsync(
                async () =>
                {
                    if (await Find(key, cancellationToken) is { } found)
                    {
                        made.Ids.Add(found);
                        made.Unanswered.Remove(key);
                    }
                },
                cancellationToken
            );
        }
    }

    private async Task AskAsync(NativeId id, CancellationToken cancellationToken)
    {
        if (Release is { } release)
        {
            await IgnoringGoneAsync(() => release(id, cancellationToken), cancellationToken);
        }

        await IgnoringGoneAsync(() => Delete(id, cancellationToken), cancellationToken);
    }

    private Task AwaitAsync(NativeId id, CancellationToken cancellationToken) =>
        run.UntilGoneAsync(
            $"{what} '{id}'",
            () => StubbornlyAsync(() => Look(id, cancellationToken), cancellationToken),
            cancellationToken
        );

    private Task IgnoringGoneAsync(Func<Task> call, CancellationToken cancellationToken) =>
        StubbornlyAsync(
            async () =>
            {
                try
                {
                    await call();
                }
                catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
                {
                    // It is gone already, which is what the clean-up wants.
                }
            },
            cancellationToken
        );

    /// <summary>Tries again while the cloud is busy with it or out of service.</summary>
    private async Task StubbornlyAsync(Func<Task> call, CancellationToken cancellationToken)
    {
        AdapterException? last = null;
        await run.UntilAsync(
            () => $"{what}: {last?.Message}",
            async () =>
            {
                try
                {
                    await call();
                    return true;
                }
                catch (AdapterException failure) when (failure.IsTransient || failure.Kind == FailureKind.Conflict)
                {
                    last = failure;
                    return false;
                }
            },
            cancellationToken
        );
    }

    private static async Task TryAsync(
        string part,
        Func<Task> work,
        List<string> left,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await work();
        }
#pragma warning disable CA1031 // Every reason why something stays behind is a finding; the rest is removed all the same.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            left.Add(
                cancellationToken.IsCancellationRequested
                    ? $"{part}: the time for the clean-up was over"
                    : $"{part}: {ConformanceFailure.Describe(failure)}"
            );
        }
    }
}
