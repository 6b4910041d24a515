using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Forecasts;

/// <summary>What of a pool runs out.</summary>
public enum PoolPart
{
    Vcpus,

    /// <summary>GiB.</summary>
    Memory,

    /// <summary>Block storage, GiB.</summary>
    Storage,
}

/// <summary>By how much what is in service in a pool grew or shrank on a day.</summary>
public sealed record AllocationStep(DateOnly Day, long Vcpus, long MemoryGiB, long StorageGiB);

/// <summary>What was in service in a pool by day, from the confirmed service intervals. Implemented by Storage/Forecasts.</summary>
public interface IAllocations
{
    /// <summary>The days on which anything changed, in order, from the first there ever was.</summary>
    Task<IReadOnlyList<AllocationStep>> OfAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    );
}

/// <summary>The forecast of one part of a pool, in percent of what it holds.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Total">What the pool holds, cores or GiB; null where it does not say.</param>
/// <param name="Used">What is in service by the books today.</param>
/// <param name="Outside">What the pool gives out besides, by its own word; 0 where it does not say.</param>
/// <param name="Forecast">In percent of the total.</param>
public sealed record PartForecast(PoolPart Part, long? Total, long Used, long Outside, Forecast Forecast);

/// <summary>The forecasts of one pool.</summary>
public sealed record PoolForecast(Pool Pool, IReadOnlyList<PartForecast> Parts);

/// <summary>
/// Forecasts when a pool runs out (容量预测, art. 16, 22) of cores, memory and storage: what was in service day by day by
/// the books, and what the pool gives out besides, against what it holds now.
/// </summary>
public sealed class ReadPoolForecasts(IBooks books, IAllocations allocations, IPools pools, TimeProvider businessTime)
{
    private const double Whole = 100;
    private static readonly ForecastNumbers Numbers = new();

    public async Task<PoolForecast> OfAsync(Pool pool, CancellationToken cancellationToken)
    {
        var (capacity, missing) = await AskAsync(pool.Id, cancellationToken);
        var steps = await books.ReadAsync((t, c) => allocations.OfAsync(t, pool.Id, c), cancellationToken);
        return new PoolForecast(
            pool,
            [
                Part(PoolPart.Vcpus, (capacity?.VcpusTotal, capacity?.VcpusUsed), steps, s => s.Vcpus, missing),
                Part(
                    PoolPart.Memory,
                    (capacity?.MemoryGiBTotal, capacity?.MemoryGiBUsed),
                    steps,
                    s => s.MemoryGiB,
                    missing
                ),
                Part(
                    PoolPart.Storage,
                    (capacity?.StorageGiBTotal, capacity?.StorageGiBUsed),
                    steps,
                    s => s.StorageGiB,
                    missing
                ),
            ]
        );
    }

    private PartForecast Part(
        PoolPart part,
        (long? Total, long? Used) said,
        IReadOnlyList<AllocationStep> steps,
        Func<AllocationStep, long> value,
        Bilingual? missing
    )
    {
        var until = businessTime.Today();
        var booked = steps.Where(s => s.Day < until).Sum(value);
        if (said.Total is not { } total || total <= 0)
        {
            return new(part, said.Total, booked, 0, Silent(missing ?? ForecastWords.NoTotal));
        }

        var outside = Math.Max(0, (said.Used ?? 0) - booked);
        var days = Days(steps, value, until).Select(d => new DayValue(d.Day, (d.Booked + outside) * Whole / total, 1));
        return new(part, total, booked, outside, Forecasting.Of(days, until, [90, 100], Numbers));
    }

    /// <summary>The sum at the end of each day, from the first day on which there was anything.</summary>
    private static IEnumerable<(DateOnly Day, long Booked)> Days(
        IReadOnlyList<AllocationStep> steps,
        Func<AllocationStep, long> value,
        DateOnly until
    )
    {
        var first = until.AddDays(-Numbers.HistoryDays);
        var booked = steps.Where(s => s.Day < first).Sum(value);
        var byDay = steps.Where(s => s.Day >= first).ToDictionary(s => s.Day, value);
        var begin = booked > 0 || byDay.Count == 0 ? first : byDay.Keys.Min();
        for (var day = steps.Count == 0 ? until : begin; day < until; day = day.AddDays(1))
        {
            booked += byDay.GetValueOrDefault(day);
            yield return (day, booked);
        }
    }

    private async Task<(PoolCapacity? Capacity, Bilingual? Missing)> AskAsync(
        PoolId id,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return pools.Open(id).Capacity is { } source
                ? (await source.GetAsync(cancellationToken), null)
                : (null, ForecastWords.NoTotal);
        }
        catch (AdapterException failure)
        {
            return (null, ForecastWords.NoAnswer(Words.Camel(failure.Kind)));
        }
    }

    private static Forecast Silent(Bilingual reason) =>
        new()
        {
            Verdict = Verdict.InsufficientData,
            Reason = reason,
            History = [],
            Coverage = 0,
        };
}
