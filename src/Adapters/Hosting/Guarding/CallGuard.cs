using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using CloudManager.Adapters.Hosting.Plugins;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging;
using Polly;

namespace CloudManager.Adapters.Hosting.Guarding;

/// <summary>
/// Stands before every call to one pool: lets so many through at once and a second, ends what takes too long, calls
/// again where that is safe, counts, and turns whatever an adapter throws into the contract's one exception.
/// </summary>
internal sealed class CallGuard : IDisposable
{
    private readonly string _pool;
    private readonly PoolLimits _limits;
    private readonly TimeProvider _machineTime;
    private readonly AdapterMetrics _metrics;
    private readonly PluginWard? _ward;
    private readonly ConcurrencyLimiter _concurrency;
    private readonly MachineRateLimiter _rate;
    private readonly ResiliencePipeline _entrance;
    private readonly ResiliencePipeline _timeout;
    private readonly ResiliencePipeline _whenTransient;
    private readonly ResiliencePipeline _whenThrottled;

    /// <param name="pool">The pool.</param>
    /// <param name="machineTime">What limits and time-outs follow.</param>
    /// <param name="metrics">Where calls are counted.</param>
    /// <param name="logger">Where an adapter's bugs are told.</param>
    /// <param name="ward">What calls of a plug-in pass through; null for a built-in adapter.</param>
    public CallGuard(
        Pool pool,
        TimeProvider machineTime,
        AdapterMetrics metrics,
        ILogger logger,
        PluginWard? ward = null
    )
    {
        (_pool, _limits, _machineTime, _metrics, _ward) = (pool.Id.Value, pool.Limits, machineTime, metrics, ward);
        Failures = new FailureTranslation(_pool, _limits.CallTimeout, logger);
        _concurrency = new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = _limits.Concurrency,
                QueueLimit = int.MaxValue,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
        _rate = new MachineRateLimiter(_limits.RequestsPerSecond, machineTime);
        _entrance = Builder().AddRateLimiter(_concurrency).AddRateLimiter(_rate).Build();
        _timeout = Builder().AddTimeout(_limits.CallTimeout).Build();
        _whenTransient = Repeating(Repeat.WhenTransient);
        _whenThrottled = Repeating(Repeat.WhenThrottled);
    }

    /// <summary>What callers see of what adapters throw.</summary>
    public FailureTranslation Failures { get; }

    /// <summary>A call with an answer.</summary>
    public Task<T> AskAsync<T>(
        string operation,
        Repeat repeat,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    ) =>
        RepeatAsync(
            operation,
            repeat,
            async repeated =>
                await _entrance.ExecuteAsync(async entered => await TryAsync(operation, call, entered), repeated),
            cancellationToken
        );

    /// <summary>A call without an answer.</summary>
    public Task TellAsync(
        string operation,
        Repeat repeat,
        Func<CancellationToken, Task> call,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            operation,
            repeat,
            async token =>
            {
                await (call(token) ?? throw PluginFailedException.Nothing(operation));
                return true;
            },
            cancellationToken
        );

    /// <summary>
    /// A listing. One that fails before its first item is tried again, one that breaks off later is not. It takes one
    /// turn of the rate, and a place among the calls under way only while the adapter fetches: whoever reads it may
    /// make other calls in between.
    /// </summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string operation,
        Func<CancellationToken, IAsyncEnumerable<T>> open,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var stream = await RepeatAsync(
            operation,
            Repeat.WhenTransient,
            repeated => StartAsync(operation, open, repeated),
            cancellationToken
        );
        while (stream.HasCurrent)
        {
            yield return stream.Current;
            await stream.MoveAsync();
        }
    }

    /// <summary>A place among the calls under way.</summary>
    public ValueTask<RateLimitLease> TakePlaceAsync(CancellationToken cancellationToken) =>
        _concurrency.AcquireAsync(1, cancellationToken);

    /// <summary>Waits for the adapter, no longer than a call may take.</summary>
    public Task<T> InTimeAsync<T>(Task<T> answer, CancellationToken cancellationToken) =>
        answer.WaitAsync(_limits.CallTimeout, _machineTime, cancellationToken);

    /// <summary>Begins counting a call; what it answers ends it with the outcome.</summary>
    public Action<string> Count(string operation)
    {
        var start = _machineTime.GetTimestamp();
        _metrics.Begin(_pool);
        return outcome => _metrics.End(_pool, operation, outcome, _machineTime.GetElapsedTime(start));
    }

    public void Dispose()
    {
        _concurrency.Dispose();
        _rate.Dispose();
    }

    private async Task<T> RepeatAsync<T>(
        string operation,
        Repeat repeat,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        var pipeline = repeat == Repeat.WhenTransient ? _whenTransient : _whenThrottled;
        var context = ResilienceContextPool.Shared.Get(operation, cancellationToken);
        try
        {
            return await pipeline.ExecuteAsync(async inner => await call(inner.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> TryAsync<T>(
        string operation,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        var end = Count(operation);
        try
        {
            // Waiting here too ends the call for the caller even where the adapter ignores its token.
            var answer = await _timeout.ExecuteAsync(
                async limited => await CallAsync(operation, call, limited).WaitAsync(limited),
                cancellationToken
            );
            end(AdapterMetrics.Success);
            return answer;
        }
#pragma warning disable CA1031 // Whatever an adapter throws becomes the contract's exception.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var seen = Failures.Translate(operation, failure, cancellationToken);
            end(AdapterMetrics.OutcomeOf(seen));
            if (ReferenceEquals(seen, failure))
            {
                throw;
            }

            throw seen;
        }
    }

    private Task<T> CallAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken limited) =>
        _ward is null ? call(limited) : _ward.AskAsync(operation, call, limited);

    private async Task<GuardedStream<T>> StartAsync<T>(
        string operation,
        Func<CancellationToken, IAsyncEnumerable<T>> open,
        CancellationToken cancellationToken
    )
    {
        using var turn = await _rate.AcquireAsync(1, cancellationToken);
        var source = _ward is { } ward ? _ => new WardedListing<T>(ward, operation, open) : open;
        var stream = new GuardedStream<T>(this, operation, source, cancellationToken);
        try
        {
            await stream.MoveAsync();
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private ResiliencePipeline Repeating(Repeat repeat) =>
        RepeatPipelines.Make(repeat, _limits.Retries, _machineTime, operation => _metrics.Retry(_pool, operation));

    private ResiliencePipelineBuilder Builder() => new() { TimeProvider = _machineTime };
}
