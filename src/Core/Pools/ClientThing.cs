using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Pools;

/// <summary>
/// A server, volume, snapshot, network or address that this installation made for an upper one through its open interface
/// (开放接口, art. 16). It is the upper installation's: in no request, bill or finding of this one.
/// </summary>
public sealed record ClientThing
{
    public required PoolId Pool { get; init; }

    /// <summary>The upper installation, as adapters.json names it.</summary>
    public required string Client { get; init; }

    /// <summary>The collection it is in, e.g. <c>servers</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The upper installation's own operation key.</summary>
    public required string Key { get; init; }

    /// <summary>The operation key the cloud knows it by, which no other client and no task of ours can have.</summary>
    public required string CloudKey { get; init; }

    /// <summary>The cloud's identifier; null until the cloud said it.</summary>
    public NativeId? NativeId { get; init; }

    /// <summary>Machine time at which it was first asked for.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Machine time at which its client asked to delete it; null if it did not.</summary>
    public DateTimeOffset? EndingAt { get; init; }

    /// <summary>Machine time at which the cloud said that it is gone; null while it is there.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Whose things of which kind.</summary>
public sealed record ClientScope(PoolId Pool, string Client, string Kind);

/// <summary>What was made for upper installations, in the books.</summary>
public interface IClientThings
{
    /// <summary>Notes what is to be made, unless its key has one that is not gone; says whether it did.</summary>
    Task<bool> AddAsync(ITransaction transaction, ClientThing thing, CancellationToken cancellationToken);

    /// <summary>Writes identifier, ending and end of one that is not gone yet.</summary>
    Task SaveAsync(ITransaction transaction, ClientThing thing, CancellationToken cancellationToken);

    /// <summary>Takes back what was noted and certainly not made.</summary>
    Task RemoveAsync(ITransaction transaction, ClientThing thing, CancellationToken cancellationToken);

    /// <summary>The one of this key that is not gone; null if there is none.</summary>
    Task<ClientThing?> FindAsync(
        ITransaction transaction,
        ClientScope scope,
        string key,
        CancellationToken cancellationToken
    );

    /// <summary>All of the scope, or only those of these identifiers, gone ones included, in order of identifier.</summary>
    Task<IReadOnlyList<ClientThing>> ListAsync(
        ITransaction transaction,
        ClientScope scope,
        IReadOnlyCollection<NativeId>? only,
        CancellationToken cancellationToken
    );
}
