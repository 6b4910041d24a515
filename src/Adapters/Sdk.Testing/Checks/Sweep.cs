namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>Removes everything of one kind that a run made.</summary>
internal sealed class Sweep(ConformanceRun run, string what, MadeThings made)
{
    /// <summary>Finds one by its key.</summary>
    public required Func<OperationKey, CancellationToken, Task<NativeId?>> Find { get; init; }

    /// <summary>Lists what of the inventory is the run's.</summary>
    public required Func<IInventory, CancellationToken, IAsyncEnumerable<NativeId>> List { get; init; }

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
            await TryAsync($"{what} '{id}'", () => RemoveAsync(id, cancellationToken), left, cancellationToken);
        }

        await TryAsync(
            $"the last look for every {what}",
            () => LookAgainAsync(cancellationToken),
            left,
            cancellationToken
        );
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        foreach (var key in made.Keys)
        {
            await StubbornlyAsync(
                async () =>
                {
                    if (await Find(key, cancellationToken) is { } found)
                    {
                        made.Ids.Add(found);
                    }
                },
                cancellationToken
            );
        }

        if (run.Adapter.Inventory is { } inventory)
        {
            await StubbornlyAsync(
                async () => made.Ids.UnionWith(await List(inventory, cancellationToken).ToListAsync(cancellationToken)),
                cancellationToken
            );
        }
    }

    private async Task RemoveAsync(NativeId id, CancellationToken cancellationToken)
    {
        if (made == run.Volumes && run.Adapter.Attachment is { } attachment)
        {
            await IgnoringGoneAsync(() => attachment.DetachAsync(id, cancellationToken), cancellationToken);
        }

        if (made == run.Addresses && run.Adapter.Binding is { } binding)
        {
            await IgnoringGoneAsync(() => binding.UnbindAsync(id, cancellationToken), cancellationToken);
        }

        await IgnoringGoneAsync(() => Delete(id, cancellationToken), cancellationToken);
        await run.UntilGoneAsync(
            $"{what} '{id}'",
            () => StubbornlyAsync(() => Look(id, cancellationToken), cancellationToken),
            cancellationToken
        );
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await run.UntilAsync(
                $"every {what} to disappear",
                async () =>
                {
                    made.Ids.Clear();
                    await CollectAsync(cancellationToken);
                    return made.Ids.Count == 0;
                },
                cancellationToken
            );
        }
        catch (ConformanceFailure)
        {
            throw new ConformanceFailure($"still there: {string.Join(", ", made.Ids)}");
        }
    }

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
    private Task StubbornlyAsync(Func<Task> call, CancellationToken cancellationToken) =>
        run.UntilAsync(
            what,
            async () =>
            {
                try
                {
                    await call();
                    return true;
                }
                catch (AdapterException failure) when (failure.IsTransient || failure.Kind == FailureKind.Conflict)
                {
                    return false;
                }
            },
            cancellationToken
        );

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
