using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Api.OpenInterface;

/// <summary>One collection of the open interface: make, find, look, delete, list.</summary>
/// <param name="Kind">Its path.</param>
/// <param name="Of">A client's things of it.</param>
/// <param name="List">All that the pool has of it.</param>
/// <param name="Id">The identifier of one.</param>
/// <param name="Under">One under its client's key.</param>
internal sealed record OpenCollection<T, TSpec>(
    string Kind,
    Func<ClientPool, ClientThings<T, TSpec>> Of,
    Func<IInventory, CancellationToken, IAsyncEnumerable<T>>? List,
    Func<T, NativeId> Id,
    Func<T, OperationKey, T> Under
)
    where T : class
    where TSpec : class
{
    public void Map(IEndpointRouteBuilder api, OpenDoor door)
    {
        api.MapPost($"/{Kind}", door.Answer(CreateAsync, StatusCodes.Status201Created));
        api.MapGet($"/{Kind}", door.Answer(ReadAsync));
        api.MapGet($"/{Kind}/{{id}}", door.Answer((pool, http, token) => Of(pool).GetAsync(IdOf(http), token)));
        api.MapDelete($"/{Kind}/{{id}}", door.Do((pool, http, token) => Of(pool).DeleteAsync(IdOf(http), token)));
    }

    /// <summary>Something that is done to one of the client's.</summary>
    public void Act(
        IEndpointRouteBuilder api,
        OpenDoor door,
        string action,
        Func<ClientPool, NativeId, HttpContext, CancellationToken, Task> act
    ) =>
        api.MapPost(
            $"/{Kind}/{{id}}/{action}",
            door.Do(
                (pool, http, token) =>
                    pool.ActAsync((Kind, IdOf(http).Value, action), id => act(pool, id, http, token), token)
            )
        );

    public static NativeId IdOf(HttpContext http) => new((string)http.Request.RouteValues["id"]!);

    private async Task<T> CreateAsync(ClientPool pool, HttpContext http, CancellationToken token)
    {
        var key = KeyOf(http.Request.Headers[OpenWire.KeyHeader].ToString());
        var spec = await OpenDoor.BodyAsync<TSpec>(http, token);
        return await Of(pool).CreateAsync(spec, key, token);
    }

    private async Task<PageOf<T>> ReadAsync(ClientPool pool, HttpContext http, CancellationToken token)
    {
        if (http.Request.Query.TryGetValue("key", out var key))
        {
            return new PageOf<T>(
                await Of(pool).FindAsync(KeyOf(key.ToString()), token) is { } found ? [found] : [],
                null
            );
        }

        if (List is null)
        {
            throw new AdapterException(FailureKind.Unsupported, $"{Kind} are found by key only");
        }

        var inventory = pool.Need(pool.Cloud.Inventory, OpenPaths.Inventory);
        return await pool.Snapshots.PageAsync(
            http,
            pool.Scope(Kind).ToString(),
            () => OwnAsync(pool, List(inventory, token), token),
            it => Id(it).Value,
            token
        );
    }

    private async IAsyncEnumerable<T> OwnAsync(
        ClientPool pool,
        IAsyncEnumerable<T> all,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token
    )
    {
        var things = await pool.Ledger.ListAsync(pool.Scope(Kind), null, token);
        var own = things
            .Where(it => it is { EndedAt: null, NativeId: not null })
            .ToDictionary(it => it.NativeId!.Value, it => new OperationKey(it.Key));
        await foreach (var it in all)
        {
            if (own.TryGetValue(Id(it), out var key))
            {
                yield return Under(it, key);
            }
        }
    }

    private static OperationKey KeyOf(string text) =>
        OpenWire.IsKey(text)
            ? new OperationKey(text)
            : throw OpenDoor.Invalid($"{OpenWire.KeyHeader}: 1..60 [A-Za-z0-9-]");
}
