using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Forecasts;

/// <summary>The forecast of one server's disk, in percent of what was allocated.</summary>
public sealed record DiskForecast(Resource Server, Forecast Forecast);

/// <summary>Whose disks are forecast: those in the scope whose limit is reached before the day; null members do not filter.</summary>
/// <param name="Scope">Which servers.</param>
/// <param name="Before">Only those whose median reaches the lower limit before this day.</param>
public sealed record DiskQuery(ServiceScope Scope, DateOnly? Before);

/// <summary>Forecasts when the disks of servers fill (磁盘预测, art. 22) from the daily means of up to 180 days in service.</summary>
public sealed class ReadDiskForecasts(
    IBooks books,
    IMeteredServers servers,
    IUsageCourse course,
    TimeProvider businessTime
)
{
    /// <summary>Percent: nearly full and full.</summary>
    public static readonly IReadOnlyList<double> Limits = [90, 100];

    /// <summary>How many servers one page looks at, at most; a page may then hold fewer than were asked for.</summary>
    private const int MostLookedAt = 2_000;
    private const int Together = 200;
    private static readonly ForecastNumbers Numbers = new();

    /// <summary>The first day that is not over.</summary>
    public DateOnly Today => businessTime.Today();

    /// <summary>Of these servers, in their order.</summary>
    public async Task<IReadOnlyList<DiskForecast>> OfAsync(
        IReadOnlyList<Resource> asked,
        CancellationToken cancellationToken
    )
    {
        var until = businessTime.Today();
        var windows = asked.Select(s => WindowOf(s, until)).ToList();
        var real = windows.OfType<DayWindow>().ToList();
        var days = real.Count == 0 ? [] : await course.DaysAsync(real, cancellationToken);
        var byServer = days.ToLookup(d => d.Resource);
        return
        [
            .. asked.Zip(
                windows,
                (server, window) =>
                    new DiskForecast(
                        server,
                        window is null
                            ? NotInService
                            : Forecasting.Of(byServer[server.Id].Select(DayOf), window.Until, Limits, Numbers)
                    )
            ),
        ];
    }

    /// <summary>The servers that there is something to say of, in order of number.</summary>
    public async Task<Page<DiskForecast>> PageAsync(
        DiskQuery query,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var found = new List<DiskForecast>();
        var (after, looked) = (page.After, 0);
        do
        {
            var request = new PageRequest(after, Together);
            var some = await books.ReadAsync(
                (t, c) => servers.InServiceAsync(t, query.Scope, request, c),
                cancellationToken
            );
            foreach (var forecast in await OfAsync(some.Items, cancellationToken))
            {
                if (!Matches(forecast.Forecast, query.Before))
                {
                    continue;
                }

                if (found.Count == page.Limit)
                {
                    return new(
                        found,
                        found[^1].Server.Id.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    );
                }

                found.Add(forecast);
            }

            looked += some.Items.Count;
            after = some.Next;
        } while (after is not null && looked < MostLookedAt);

        return new(found, after);
    }

    private static bool Matches(Forecast forecast, DateOnly? before) =>
        before is null ? forecast.Verdict == Verdict.Determined : forecast.Crossings.Any(c => c.Day < before);

    private static DayWindow? WindowOf(Resource server, DateOnly until)
    {
        var from = until.AddDays(-Numbers.HistoryDays);
        var end = server.ServiceEnd < until ? server.ServiceEnd.Value : until;
        return server is { Kind: ItemKind.Server, ServiceStart: { } start } && start < end && end == until
            ? new DayWindow(server.Id, start > from ? start : from, end)
            : null;
    }

    private static DayValue DayOf(DayUse use) => new(use.Day, use.Disk.Mean, (double)use.Disk.Measured / Slots.PerDay);

    private static Forecast NotInService { get; } =
        new()
        {
            Verdict = Verdict.NotApplicable,
            Reason = ("不是在服务中的云服务器", "it is no server in service"),
            History = [],
            Coverage = 0,
        };
}
