using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Api.OpenInterface;

/// <summary>What the cloud does for one kind of thing.</summary>
internal sealed record CloudCalls<T, TSpec>
    where T : class
{
    public required Func<TSpec, OperationKey, CancellationToken, Task<T>> Create { get; init; }

    public required Func<OperationKey, CancellationToken, Task<T?>> Find { get; init; }

    public required Func<NativeId, CancellationToken, Task<T>> Get { get; init; }

    public required Func<NativeId, CancellationToken, Task> Delete { get; init; }

    /// <summary>The identifier of one.</summary>
    public required Func<T, NativeId> Id { get; init; }

    /// <summary>One as its client sees it: under the client's own key.</summary>
    public required Func<T, OperationKey, T> Under { get; init; }
}

/// <summary>One client's things of one kind. Nothing is asked of the cloud about a thing that is not the client's.</summary>
internal sealed class ClientThings<T, TSpec>(ClientPool pool, string kind, CloudCalls<T, TSpec> cloud)
    where T : class
{
    private static readonly KeyTurns Turns = new();

    private ClientScope Scope => pool.Scope(kind);

    /// <summary>
    /// Makes it, or answers what the key made. The intent stands in the books before the cloud is asked; a create of
    /// unknown outcome is looked for under its key, and, where the cloud keeps no keys unique, not repeated before the
    /// cloud's settle time has passed.
    /// </summary>
    public Task<T> CreateAsync(TSpec spec, OperationKey key, CancellationToken token) =>
        Turns.TakeAsync($"{Scope}/{key}", () => FindOrCreateAsync(spec, key, token), token);

    public async Task<T?> FindAsync(OperationKey key, CancellationToken token) =>
        await pool.Ledger.FindAsync(Scope, key, token) is { } thing ? await ShowAsync(thing, token) : null;

    /// <exception cref="AdapterException">Not found: it is gone, or another's.</exception>
    public async Task<T> GetAsync(NativeId id, CancellationToken token)
    {
        var thing = await pool.Ledger.HeldAsync(Scope, id, token);
        return await ShowAsync(thing, token) ?? throw OpenRefusals.Told(OpenRefusals.NotFound(Scope, id));
    }

    /// <summary>Deletes it; what is gone, or another's, is left as it is, and both are success.</summary>
    public async Task DeleteAsync(NativeId id, CancellationToken token)
    {
        ClientThing thing;
        try
        {
            thing = await pool.Ledger.NoteAsync(pool.By, Scope, (id, "delete"), token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return;
        }

        await cloud.Delete(id, token);
        await ShowAsync(thing, token);
    }

    private async Task<T> FindOrCreateAsync(TSpec spec, OperationKey key, CancellationToken token)
    {
        var (thing, isNew) = await pool.Ledger.IntendAsync(pool.By, Scope, key, token);
        if (!isNew)
        {
            if (await ShowAsync(thing, token) is { } made)
            {
                return made;
            }

            if (thing.NativeId is not null)
            {
                // It is gone since: the key makes a new one.
                (thing, isNew) = await pool.Ledger.IntendAsync(pool.By, Scope, key, token);
            }
            else
            {
                RequireSettled(thing);
            }
        }

        return await CreateAsync(spec, thing, isNew, token);
    }

    private async Task<T> CreateAsync(TSpec spec, ClientThing thing, bool isNew, CancellationToken token)
    {
        try
        {
            var made = await cloud.Create(spec, new OperationKey(thing.CloudKey), token);
            await pool.Ledger.SaveAsync(pool.By, thing with { NativeId = cloud.Id(made) }, CancellationToken.None);
            return cloud.Under(made, new OperationKey(thing.Key));
        }
        catch (AdapterException failure) when (isNew && !failure.IsUncertain)
        {
            await pool.Ledger.TakeBackAsync(pool.By, thing, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The thing as the cloud shows it now; null if the cloud has none, which is noted.</summary>
    private async Task<T?> ShowAsync(ClientThing thing, CancellationToken token)
    {
        if (thing.NativeId is not { } id)
        {
            if (await cloud.Find(new OperationKey(thing.CloudKey), token) is not { } found)
            {
                return null;
            }

            await pool.Ledger.SaveAsync(pool.By, thing with { NativeId = cloud.Id(found) }, token);
            return cloud.Under(found, new OperationKey(thing.Key));
        }

        try
        {
            return cloud.Under(await cloud.Get(id, token), new OperationKey(thing.Key));
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            await pool.Ledger.SaveAsync(pool.By, thing with { EndedAt = pool.Ledger.Now }, token);
            return null;
        }
    }

    private void RequireSettled(ClientThing thing)
    {
        var limits = pool.Cloud.Info.Limits;
        var left = limits.SettleTime - (pool.Ledger.Now - thing.MadeAt);
        if (!limits.KeepsKeysOf(CreatedKinds.Of(kind)) && left > TimeSpan.Zero)
        {
            throw new AdapterException(
                FailureKind.Unavailable,
                "上一次创建结果不明，正在核实 / the outcome of the create before is not known yet"
            )
            {
                RetryAfter = left,
            };
        }
    }
}
