using System.Runtime.CompilerServices;
using CloudManager.Adapters.OpenInterface.Connection;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Services;

/// <summary>Measured use: many servers a query, a day at most, page by page.</summary>
internal sealed class OpenUsage(ProviderDoor door) : IUsageSource
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public async IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var api = await door.ClientAsync<IProviderApi>(OpenPaths.Usage, cancellationToken);
        var most = door.Described!.Limits.ServersPerUsageQuery;
        for (var start = from; start < until; )
        {
            var end = until - start > Longest ? start + Longest : until;
            foreach (var some in servers.Chunk(most))
            {
                await foreach (var batch in QueryAsync(api, some, (start, end), cancellationToken))
                {
                    yield return batch;
                }
            }

            start = end;
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<UsageSample>> QueryAsync(
        IProviderApi api,
        NativeId[] servers,
        (DateTimeOffset From, DateTimeOffset Until) range,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        var asked = servers.Select(server => server.Value).ToHashSet();
        var question = new UsageQuestion([.. asked], range.From.ToUniversalTime(), range.Until.ToUniversalTime(), null);
        // A server may come in several pieces, one for each run of slots.
        var most = asked.Count * (int)(Longest / Slot);
        var pages = Listing.PagesAsync(
            cursor => api.QueryUsageAsync(question with { Cursor = cursor }, token),
            most,
            token
        );
        await foreach (var page in pages)
        {
            var batch = new List<UsageSample>();
            foreach (var series in page)
            {
                Fit.Unless(asked.Contains(series.Server), "it shows use of a server that nobody asked for");
                Add(batch, series, range);
            }

            yield return batch;
        }
    }

    private static void Add(
        List<UsageSample> batch,
        UsageSeries series,
        (DateTimeOffset From, DateTimeOffset Until) range
    )
    {
        var server = new NativeId(series.Server);
        var columns = new[]
        {
            series.CpuPercent,
            series.MemoryPercent,
            series.DiskPercent,
            series.NetworkInBytes,
            series.NetworkOutBytes,
        };
        var count = columns.Max(column => column?.Count) ?? 0;
        Fit.Unless(
            Array.TrueForAll(columns, column => column is null || column.Count == count),
            $"the lists of '{server}' from {series.From:O} differ in length"
        );
        var first = series.From.ToUniversalTime();
        Fit.Unless(first.Ticks % Slot.Ticks == 0, $"{first:O} does not start a slot of five minutes");
        Fit.Unless(
            count == 0 || (first >= range.From && first + ((count - 1) * Slot) < range.Until),
            $"asked for [{range.From:O}, {range.Until:O}), it shows {count} slots from {first:O}"
        );
        for (var index = 0; index < count; index++)
        {
            float? At(int column) => columns[column]?[index];
            var sample = new UsageSample(server, first + (index * Slot), At(0), At(1), At(2), At(3), At(4));
            if (
                sample
                is not {
                    CpuPercent: null,
                    MemoryPercent: null,
                    DiskPercent: null,
                    NetworkInBytes: null,
                    NetworkOutBytes: null
                }
            )
            {
                batch.Add(sample);
            }
        }
    }
}
