using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Api.OpenInterface;

/// <summary>One client's view of its pool, for one call: what it made itself and nothing else.</summary>
internal sealed class ClientPool(OpenClient client, Pool pool, IPools pools, ClientLedger ledger, Origin by)
{
    public Pool Pool => pool;

    public ICloudAdapter Cloud => pools.Open(pool.Id);

    public IReadOnlyList<PoolCapability> Capabilities => pools.Capabilities(pool.Id);

    public ClientLedger Ledger => ledger;

    public Origin By => by;

    public required Snapshots Snapshots { get; init; }

    public ClientScope Scope(string kind) => new(pool.Id, client.Name, kind);

    /// <summary>The service, if the pool has it.</summary>
    /// <exception cref="AdapterException">It has not, and why.</exception>
    public T Need<T>(T? service, string name)
        where T : class => service ?? throw new AdapterException(FailureKind.Unsupported, Reason(name));

    /// <summary>A thing of the client's, of which something else is wanted.</summary>
    /// <exception cref="AdapterException">Not found: there is none, or it is another's, which is the same to the client.</exception>
    public async Task<NativeId> OwnAsync(string kind, string id, CancellationToken token)
    {
        await ledger.HeldAsync(Scope(kind), new NativeId(id), token);
        return new NativeId(id);
    }

    /// <summary>Does something to a thing of the client's, and writes into the audit trail that it was asked for.</summary>
    public async Task ActAsync(
        (string Kind, string Id, string Action) call,
        Func<NativeId, Task> act,
        CancellationToken token
    )
    {
        var id = new NativeId(call.Id);
        await ledger.NoteAsync(by, Scope(call.Kind), (id, call.Action), token);
        await act(id);
    }

    private string Reason(string name) =>
        Capabilities.FirstOrDefault(it => it.Name == name)?.Reason
        ?? $"该资源池不提供此项服务 / the pool does not offer {name}";
}
