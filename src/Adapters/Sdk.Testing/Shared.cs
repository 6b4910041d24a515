namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>
/// Something several checks share, made when first needed: making a server takes a minute on a real cloud. Where it
/// cannot be made, the check that proves that it can fails, and the others are skipped with that reason.
/// </summary>
/// <param name="owner">The check that proves that it can be made.</param>
/// <param name="failed">The checks that failed so far.</param>
/// <param name="make">Makes it and waits until it settled.</param>
internal sealed class Shared<T>(string owner, IReadOnlySet<string> failed, Func<CancellationToken, Task<T>> make)
{
    private Task<T>? _made;

    /// <summary>It, for the check that proves that it can be made.</summary>
    public Task<T> MakeAsync(CancellationToken cancellationToken) => _made ??= make(cancellationToken);

    /// <summary>It, for all other checks.</summary>
    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await MakeAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && failed.Contains(owner))
        {
            throw new CheckSkipped($"It needs what {owner} makes, which failed.");
        }
    }
}
