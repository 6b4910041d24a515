using System.Text.Json;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Agent.Calls;

/// <summary>Where a call's answer goes: each part returns when the platform has it.</summary>
internal delegate Task TellPart(JsonElement value, bool last, CancellationToken cancellationToken);

/// <summary>One call the platform may make.</summary>
internal abstract class KnownCall(Method method)
{
    public Method Method => method;

    /// <summary>Runs it on the adapter and tells what it answers.</summary>
    /// <exception cref="AdapterException">It failed, or its arguments are not what it takes.</exception>
    public abstract Task RunAsync(
        ICloudAdapter adapter,
        JsonElement arguments,
        TellPart tell,
        CancellationToken cancellationToken
    );

    protected TService Need<TService>(ICloudAdapter adapter, Func<ICloudAdapter, TService?> service)
        where TService : class =>
        service(adapter)
        ?? throw new AdapterException(FailureKind.Unsupported, $"The pool's adapter offers no '{method.Service}'.");

    protected TArguments Read<TArguments>(JsonElement arguments)
    {
        try
        {
            return arguments.Deserialize<TArguments>(RelayJson.Strict)
                ?? throw new JsonException("null", "$", null, null);
        }
        catch (JsonException fault)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The arguments of '{method.Id}' are not what it takes, at {fault.Path ?? "$"}."
            );
        }
    }
}

/// <summary>A call with one answer.</summary>
internal sealed class AskedCall<TService, TArguments, TAnswer>(
    Method<TArguments, TAnswer> method,
    Func<ICloudAdapter, TService?> service,
    Func<TService, TArguments, CancellationToken, Task<TAnswer>> run
) : KnownCall(method)
    where TService : class
{
    public override async Task RunAsync(
        ICloudAdapter adapter,
        JsonElement arguments,
        TellPart tell,
        CancellationToken cancellationToken
    )
    {
        var read = Read<TArguments>(arguments);
        var answer = await run(Need(adapter, service), read, cancellationToken);
        await tell(JsonSerializer.SerializeToElement(answer, RelayJson.Answers), true, cancellationToken);
    }
}

/// <summary>
/// A listing, told in parts: at most so many items, at most about so many bytes. The next part is gathered when the
/// platform has the one before, so a listing of any length needs the memory of one part. Where the cloud is slow, what
/// is there is told without waiting for more.
/// </summary>
internal sealed class ListedCall<TService, TArguments, TItem>(
    Listing<TArguments, TItem> method,
    Func<ICloudAdapter, TService?> service,
    Func<TService, TArguments, CancellationToken, IAsyncEnumerable<TItem>> list
) : KnownCall(method)
    where TService : class
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    public override async Task RunAsync(
        ICloudAdapter adapter,
        JsonElement arguments,
        TellPart tell,
        CancellationToken cancellationToken
    )
    {
        var read = Read<TArguments>(arguments);
        var items = list(Need(adapter, service), read, cancellationToken).GetAsyncEnumerator(cancellationToken);
        Task<bool> next = Task.FromResult(true);
        try
        {
            var part = new PartBuffer();
            while (true)
            {
                next = items.MoveNextAsync().AsTask();
                if (!part.IsEmpty && !await IsSoonAsync(next))
                {
                    await tell(part.Take(), false, cancellationToken);
                }

                if (!await next)
                {
                    await tell(part.Take(), true, cancellationToken);
                    return;
                }

                await AddAsync(part, items.Current, tell, cancellationToken);
            }
        }
        finally
        {
            // Telling ends early only by cancellation, which ends the fetch under way too; then it can be let go.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await items.DisposeAsync();
        }
    }

    private static async Task AddAsync(PartBuffer part, TItem one, TellPart tell, CancellationToken cancellationToken)
    {
        var item = JsonSerializer.SerializeToUtf8Bytes(one, RelayJson.Answers);
        if (!part.Fits(item.Length))
        {
            await tell(part.Take(), false, cancellationToken);
        }

        part.Add(item);
    }

    private static async Task<bool> IsSoonAsync(Task<bool> next)
    {
        if (!next.IsCompleted)
        {
            var held = ((Task)next).WaitAsync(Hold, CancellationToken.None);
            await held.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return next.IsCompleted;
    }
}
