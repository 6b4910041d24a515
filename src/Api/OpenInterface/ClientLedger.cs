using System.Security.Cryptography;
using System.Text;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Api.OpenInterface;

/// <summary>
/// What was made for upper installations, as the books hold it: the intent before the call, the identifier after it, the
/// end when the cloud said so. Every change a client asks for is an audit entry, also one it may not make.
/// </summary>
internal sealed class ClientLedger(IBooks books, IClientThings things, IPoolStatusStore statuses, MachineClock clock)
{
    public DateTimeOffset Now => clock.Now;

    /// <summary>Notes what is to be made; answers what stands there already where the key was used before.</summary>
    /// <exception cref="AdapterException">Forbidden: the pool takes nothing new now.</exception>
    public async Task<(ClientThing Thing, bool IsNew)> IntendAsync(
        Origin by,
        ClientScope scope,
        OperationKey key,
        CancellationToken token
    )
    {
        var intended = new ClientThing
        {
            Pool = scope.Pool,
            Client = scope.Client,
            Kind = scope.Kind,
            Key = key.Value,
            CloudKey = CloudKeyOf(scope, key),
            MadeAt = clock.Now,
        };
        var done = await books.ChangeAsync<(ClientThing, bool)>(
            new Intent(by, "openInterface.create", new Subject(scope.Kind, key.Value)),
            async (transaction, cancel) =>
            {
                if (await things.FindAsync(transaction, scope, key.Value, cancel) is { } standing)
                {
                    return (standing, false);
                }

                var status = (await statuses.AllAsync(transaction, cancel)).GetValueOrDefault(scope.Pool);
                if (status != PoolStatus.Active)
                {
                    return OpenRefusals.TakesNothing(scope.Pool, status);
                }

                await things.AddAsync(transaction, intended, cancel);
                return (intended, true);
            },
            token
        );
        return done.IsDone ? done.Value : throw OpenRefusals.Told(done.Refusal!);
    }

    /// <summary>Writes what became of it.</summary>
    public Task SaveAsync(Origin by, ClientThing thing, CancellationToken token) =>
        books.KeepAsync(
            by,
            async (transaction, cancel) =>
            {
                await things.SaveAsync(transaction, thing, cancel);
                var what = thing.EndedAt is null ? "openInterface.made" : "openInterface.gone";
                var subject = new Subject(thing.Kind, thing.NativeId?.Value ?? thing.Key);
                transaction.Record(
                    new Trace(
                        what,
                        subject,
                        null,
                        new
                        {
                            thing.Pool,
                            thing.Client,
                            thing.Key,
                        }
                    )
                );
                return thing;
            },
            token
        );

    /// <summary>Takes back what was certainly not made.</summary>
    public Task TakeBackAsync(Origin by, ClientThing thing, CancellationToken token) =>
        books.KeepAsync(
            by,
            async (transaction, cancel) =>
            {
                await things.RemoveAsync(transaction, thing, cancel);
                transaction.Record(new Trace("openInterface.notMade", new Subject(thing.Kind, thing.Key), null, null));
                return thing;
            },
            token
        );

    /// <summary>The client's thing of this key; null if there is none.</summary>
    public Task<ClientThing?> FindAsync(ClientScope scope, OperationKey key, CancellationToken token) =>
        books.ReadAsync((transaction, cancel) => things.FindAsync(transaction, scope, key.Value, cancel), token);

    /// <summary>The client's thing of this identifier.</summary>
    /// <exception cref="AdapterException">Not found: there is none, or it is another's.</exception>
    public async Task<ClientThing> HeldAsync(ClientScope scope, NativeId id, CancellationToken token) =>
        await books.ReadAsync((transaction, cancel) => LookAsync(transaction, scope, id, cancel), token)
        ?? throw OpenRefusals.Told(OpenRefusals.NotFound(scope, id));

    /// <summary>The client's things, gone ones included.</summary>
    public Task<IReadOnlyList<ClientThing>> ListAsync(
        ClientScope scope,
        IReadOnlyCollection<NativeId>? only,
        CancellationToken token
    ) => books.ReadAsync((transaction, cancel) => things.ListAsync(transaction, scope, only, cancel), token);

    /// <summary>Notes that something is asked of a thing of the client's; another's is refused, which is noted too.</summary>
    /// <exception cref="AdapterException">Not found: there is none, or it is another's.</exception>
    public async Task<ClientThing> NoteAsync(
        Origin by,
        ClientScope scope,
        (NativeId Id, string Action) asked,
        CancellationToken token
    )
    {
        var shown = asked.Id.Value.Length > 200 ? asked.Id.Value[..200] : asked.Id.Value;
        var done = await books.ChangeAsync<ClientThing>(
            new Intent(by, $"openInterface.{asked.Action}", new Subject(scope.Kind, shown)),
            async (transaction, cancel) =>
            {
                if (await LookAsync(transaction, scope, asked.Id, cancel) is not { } thing)
                {
                    return OpenRefusals.NotFound(scope, asked.Id);
                }

                if (asked.Action == "delete")
                {
                    thing = thing with { EndingAt = clock.Now };
                    await things.SaveAsync(transaction, thing, cancel);
                }

                return thing;
            },
            token
        );
        return done.IsDone ? done.Value : throw OpenRefusals.Told(done.Refusal!);
    }

    private async Task<ClientThing?> LookAsync(
        ITransaction transaction,
        ClientScope scope,
        NativeId id,
        CancellationToken token
    ) =>
        OpenRefusals.CanBeId(id)
            ? (await things.ListAsync(transaction, scope, [id], token)).FirstOrDefault(it => it.EndedAt is null)
            : null;

    /// <summary>A key of the cloud's that no other client, and no task of this installation, can come upon.</summary>
    private static string CloudKeyOf(ClientScope scope, OperationKey key)
    {
        var text = $"{scope.Pool.Value}/{scope.Client}/{scope.Kind}/{key.Value}";
        return $"open-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..40]}";
    }
}
