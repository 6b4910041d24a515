using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Pools;

/// <summary>
/// The faults of the pools' mappings, looked up at most every five minutes and by one caller at a time. Where the cloud
/// does not answer, or not soon, what was known before is shown.
/// </summary>
internal sealed class MappingHealth(CheckMapping check, MachineClock clock, ILogger<MappingHealth> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<PoolId, Known> _known = new();

    /// <summary>The faults as far as they are known.</summary>
    public async Task<IReadOnlyList<MappingFault>> OfAsync(Pool pool, CancellationToken cancellationToken)
    {
        var known = _known.GetOrAdd(pool.Id, _ => new Known());
        Task look;
        lock (known)
        {
            if (known.Look.IsCompleted && (known.At is not { } at || clock.Now - at >= Fresh))
            {
                known.Look = Task.Run(() => LookAsync(pool, known), CancellationToken.None);
            }

            look = known.Look;
        }

        await Task.WhenAny(look, Task.Delay(Patience, clock.Provider, cancellationToken));
        return known.Faults;
    }

    private async Task LookAsync(Pool pool, Known known)
    {
        using var patience = new CancellationTokenSource(Longest, clock.Provider);
        try
        {
            known.Faults = await check.ExecuteAsync(pool, patience.Token);
        }
        catch (AdapterException failure)
        {
            logger.LogInformation("The mapping of {Pool} could not be looked up: {Reason}", pool.Id, failure.Message);
        }
        catch (OperationCanceledException)
        {
            logger.LogInformation("The mapping of {Pool} could not be looked up in time", pool.Id);
        }

        known.At = clock.Now;
    }

    private sealed class Known
    {
        public Task Look { get; set; } = Task.CompletedTask;

        public DateTimeOffset? At { get; set; }

        public IReadOnlyList<MappingFault> Faults { get; set; } = [];
    }
}
