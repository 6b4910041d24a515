// What listing and measuring many servers takes through an adapter, on the simulators of labs/: calls beside the least that
// the cloud's pages and batches allow, and memory. Every server is let go as soon as it was listed.
//   dotnet run --project bench/Adapters -c Release [servers …]
using System.Diagnostics;
using System.Globalization;
using CloudManager.Adapters.Sdk;
using CloudManager.Bench.Adapters;

if (args is [Generated.Serve, var servers, var url])
{
    await Generated.ServeAsync(int.Parse(servers, CultureInfo.InvariantCulture), url);
    return;
}

int[] sizes =
    args.Length == 0 ? [1_000, 10_000, 100_000] : [.. args.Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
const int Page = 1_000;
const int Queries = 500;
const int Metrics = 5;
Func<int, Task<Cloud>>[] clouds = [Cloud.OpenInterfaceAsync, Cloud.HuaweiAsync, Cloud.AwsAsync];
foreach (var open in clouds)
{
    foreach (var size in sizes)
    {
        await using var cloud = await open(size);
        await cloud.Adapter.CheckAsync(default);
        Say(await ListAsync(cloud, size));
        if (size <= 10_000 && cloud.Counts is not null)
        {
            Say(await MeasureAsync(cloud, size));
        }
    }
}

static async Task<FormattableString> ListAsync(Cloud cloud, int size)
{
    var (calls, began) = (await cloud.CallsAsync(), Stopwatch.GetTimestamp());
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var (count, most) = (0, 0L);
    await foreach (var server in cloud.Adapter.Inventory!.ListServersAsync(default))
    {
        if (++count % Math.Max(500, size / 20) == 0)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
    }

    var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
    calls = await cloud.CallsAsync() - calls;
    return $"{cloud.Name}: {count:N0} servers listed in {seconds:F1} s, {Shown(calls)} calls (pages of {Page}: at least {Ceiling(size, Page)}), {most / 1048576.0:F1} MiB more at most";
}

static async Task<FormattableString> MeasureAsync(Cloud cloud, int size)
{
    var ids = new List<NativeId>(size);
    await foreach (var server in cloud.Adapter.Inventory!.ListServersAsync(default))
    {
        ids.Add(server.Id);
    }

    var slots = TimeSpan.FromMinutes(5);
    var slot =
        new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcTicks / slots.Ticks * slots.Ticks, TimeSpan.Zero)
        - (3 * slots);
    var (calls, began, samples) = (await cloud.CallsAsync(), Stopwatch.GetTimestamp(), 0);
    await foreach (var batch in cloud.Adapter.Usage!.ReadAsync(ids, slot, slot + slots, default))
    {
        samples += batch.Count;
    }

    var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
    calls = await cloud.CallsAsync() - calls;
    return $"{cloud.Name}: one slot of {size:N0} servers, {samples:N0} samples in {seconds:F1} s, {calls} calls ({Queries} series a call: at least {Ceiling(size * Metrics, Queries)})";
}

static string Shown(int? calls) => calls is { } counted ? $"{counted}" : "uncounted";

static int Ceiling(int all, int each) => (all + each - 1) / each;

static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
