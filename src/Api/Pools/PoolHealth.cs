using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Pools;

/// <summary>Whether a pool answers, asked at most every half minute so that looking never presses a cloud.</summary>
internal sealed class PoolHealth(IPools pools, MachineClock clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<PoolId, HealthView> _seen = new();

    public async Task<HealthView> OfAsync(PoolId id, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(id, out var seen) && clock.Now - seen.CheckedAt < Fresh)
        {
            return seen;
        }

        var (answers, reason) = await AskAsync(id, cancellationToken);
        return _seen[id] = new HealthView(answers, reason, clock.Now);
    }

    private async Task<(bool Answers, string? Reason)> AskAsync(PoolId id, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await pools.Open(id).CheckAsync(patience.Token);
            return (true, null);
        }
        catch (AdapterException failure)
        {
            return (false, Words.Camel(failure.Kind));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, Words.Camel(FailureKind.Unavailable));
        }
    }
}

/// <summary>What a pool said last.</summary>
/// <param name="Answers">Whether it let the platform in.</param>
/// <param name="Reason">The kind of failure; null if it answers.</param>
/// <param name="CheckedAt">When it was asked, machine time.</param>
internal sealed record HealthView(bool Answers, string? Reason, DateTimeOffset CheckedAt);
