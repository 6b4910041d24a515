using System.Globalization;
using CloudManager.Bench.Month;
using CloudManager.Core.Metering;

const int MetricsAServer = 3;
const long BytesAServer = 80_000;
var plot = args.FirstOrDefault(a => a.EndsWith(".svg", StringComparison.Ordinal));
var sizes = args.Where(a => a != plot).Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToList();
if (sizes.Count == 0)
{
    sizes = [1_000, 3_000, 10_000, 30_000, 100_000];
}

var folder = Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;
var free = new DriveInfo(folder).AvailableFreeSpace;
if (free < sizes.Max() * BytesAServer)
{
    Console.WriteLine($"{free / 1e9:F1} GB free under {folder}; {sizes.Max() * BytesAServer / 1e9:F1} are needed");
    Directory.Delete(folder);
    return 1;
}

var (making, province) = await Measure.OfAsync(() => Province.MakeAsync(folder, sizes.Max()));
await using var _ = province;
var rows = sizes.Max() * 31L * Slots.PerDay;
Console.WriteLine(
    $"{sizes.Max():N0} servers, {rows * MetricsAServer:N0} values, {province.Files.Count} files of {province.Bytes / 1e9:F2} GB"
        + $" ({(double)province.Bytes / rows / MetricsAServer:F2} bytes a value), made in {making.Wall:F0} s"
);
var results = new List<Result>();
foreach (var size in sizes)
{
    var rounds = size <= 10_000 ? 3 : 1;
    var (own, bare) = (new List<Measure>(), new List<Measure>());
    var windows = Province.Windows(size);
    for (var round = 0; round < rounds; round++)
    {
        var (bareSpent, expected) = await Measure.OfAsync(() => Task.FromResult(BareQuery.Run(province.Files, size)));
        var (spent, uses) = await Measure.OfAsync(() => province.Summaries.ReadAsync(windows, CancellationToken.None));
        Compare.Check(uses, expected);
        own.Add(spent);
        bare.Add(bareSpent);
    }

    var result = new Result(size, Median(own), Median(bare));
    results.Add(result);
    var values = size * 31d * Slots.PerDay * MetricsAServer;
    Console.WriteLine(
        $"{size, 7} servers: platform {result.Own.Wall:F2} s (processor {result.Own.Processor:F2}),"
            + $" {values / result.Own.Wall / 1e6:F1} M values/s, peak {result.Own.PeakMiB:F0} MiB;"
            + $" bare {result.Bare.Wall:F2} s ({result.Bare.Processor:F2}), {values / result.Bare.Wall / 1e6:F1} M values/s,"
            + $" peak {result.Bare.PeakMiB:F0} MiB; ratio {result.Bare.Wall / result.Own.Wall:F2}"
            + $" (processor {result.Bare.Processor / result.Own.Processor:F2})"
    );
}

if (plot is not null)
{
    await File.WriteAllTextAsync(plot, LogLogPlot.Draw(results));
    Console.WriteLine($"drawn: {plot}");
}

return 0;

static Measure Median(List<Measure> spent) => spent.OrderBy(s => s.Wall).ElementAt(spent.Count / 2);
