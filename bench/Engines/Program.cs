using System.Diagnostics;
using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Storage;
using CloudManager.Storage.Metering.Prometheus;
using Microsoft.Extensions.DependencyInjection;

// Engines: a month of servers, three metrics each, goes into an engine through the platform's store, and the exact month
// summaries come out again.
//   dotnet run -c Release --project bench/Engines -- 1000 [ADDRESS]     without an address: the embedded store
var servers = int.Parse(args[0], CultureInfo.InvariantCulture);
const int days = 31;
var folder = Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;
try
{
    var services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(new MachineClock(TimeProvider.System))
        .AddStorage(folder);
    if (args.Length > 1)
    {
        services.AddMetricsEngine(folder, MetricsAddress.Of(args[1]));
    }

    await using var provider = services.BuildServiceProvider();
    await provider.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);
    var engine = provider.GetRequiredService<ISampleEngine>();
    await engine.CheckAsync(CancellationToken.None);
    var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(-days - 1);

    var stored = await StoreAsync(provider.GetRequiredService<ISampleStore>(), day);
    Say("stored", stored.Values, stored.Took);

    // VictoriaMetrics shows what it took about a second later.
    await Task.Delay(TimeSpan.FromSeconds(3));
    var windows = Enumerable.Range(1, servers).Select(n => new DayWindow(new(n), day, day.AddDays(days))).ToList();
    var clock = Stopwatch.StartNew();
    var uses = await provider.GetRequiredService<IUsageSummaries>().ReadAsync(windows, CancellationToken.None);
    Say("summarised", uses.Sum(u => u.Cpu.Measured + u.Memory.Measured + u.Disk.Measured), clock.Elapsed);
    Console.WriteLine($"largest resident size: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task<(long Values, TimeSpan Took)> StoreAsync(ISampleStore store, DateOnly day)
{
    var pool = new PoolId("bench");
    var first = Slots.OfDay(day);
    var width = Math.Clamp(500_000 / servers, 1, Slots.PerDay);
    var (values, took) = (0L, TimeSpan.Zero);
    for (var slot = first; slot < first + (days * Slots.PerDay); slot += width)
    {
        var past = Math.Min(slot + width, first + (days * Slots.PerDay));
        var rows = Rows(slot, past);
        var clock = Stopwatch.StartNew();
        var mark = await store.MarkAsync(pool, CancellationToken.None);
        var chunk = new SampleChunk
        {
            Pool = pool,
            Before = mark,
            Mark = past,
            Rows = rows,
            SetAside = [],
        };
        if (!await store.SaveAsync(chunk, CancellationToken.None))
        {
            throw new InvalidOperationException("the engine was used by somebody else meanwhile");
        }

        took += clock.Elapsed;
        values += 3L * rows.Length;
    }

    return (values, took);
}

// Daily curves with a little noise, of three decimals as clouds tell them.
SampleRow[] Rows(long slot, long past) =>
    [
        .. from server in Enumerable.Range(1, servers)
        from at in Enumerable.Range(0, (int)(past - slot))
        let noise = (((server * 7_919L) + ((slot + at) * 104_729L)) % 10_000) / 1_000f
        let curve = 20 + (15 * MathF.Sin((slot + at) * MathF.Tau / Slots.PerDay))
        select new SampleRow(
            new ResourceId(server),
            slot + at,
            MathF.Round(curve + noise, 3),
            MathF.Round(40 + noise, 3),
            MathF.Round(60 + (server % 7), 3),
            null,
            null
        ),
    ];

// The processor's time is this process's alone, since the start; the engine's own comes beside.
void Say(string what, long values, TimeSpan took) =>
    Console.WriteLine(
        $"{what}: {values:N0} values in {took.TotalSeconds:N1} s, {values / took.TotalSeconds / 1e6:N2} million a second; "
            + $"processor {Environment.CpuUsage.TotalTime.TotalSeconds:N1} s"
    );
