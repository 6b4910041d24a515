using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudManager.Adapters.OpenStack.Metering;

namespace CloudManager.Adapters.Tests.OpenStack.Metering;

/// <summary>
/// Answers of a real Gnocchi 4.4, as recorded: server A (2 cores, 4 GiB) polled every 300 s and restarted in slot 4, with
/// two disks and two interfaces; B (1 core, 1 GiB) polled every 60 s, processor only; C (as B), archived by the minute.
/// </summary>
internal sealed class RecordedGnocchi : IGnocchi
{
    public const string A = "a0000000-0000-4000-8000-000000000001";
    public const string B = "b0000000-0000-4000-8000-000000000002";
    public const string C = "c0000000-0000-4000-8000-000000000003";
    private static readonly DateTimeOffset First = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, FlavourSize> Flavours = new()
    {
        ["2c4g"] = new(2, 4096),
        ["1c1g"] = new(1, 1024),
        ["4c8g"] = new(4, 8192),
    };

    public List<AggregateCall> Calls { get; } = [];

    public List<string> FlavoursAsked { get; } = [];

    /// <summary>Server C's series is kept by the hour only.</summary>
    public bool IsCoarse { get; init; }

    /// <summary>How many slots of processor time there are yet.</summary>
    public int Slots { get; init; } = int.MaxValue;

    /// <summary>The flavour of server A as it was; null: as recorded.</summary>
    public IReadOnlyList<InstanceRevision>? HistoryOfA { get; init; }

    public Task<IReadOnlyList<AggregateGroup>?> AggregateAsync(AggregateCall call, CancellationToken token)
    {
        Calls.Add(call);
        var metric = call.Measure.Series[0].Metric;
        var withC = call.Servers.Contains(C) && metric == "cpu";
        if (withC && (call.Granularity != 60 || IsCoarse || call.Servers.Count > 1))
        {
            return Task.FromResult<IReadOnlyList<AggregateGroup>?>(null);
        }

        var groups = Read<List<AggregateGroup>>(withC ? "cpu-60" : metric);
        foreach (
            var series in groups
                .SelectMany(g => g.Measures.ByResource.Values)
                .SelectMany(m => m)
                .Where(m => m.Key == "cpu")
        )
        {
            foreach (var points in series.Value.Values)
            {
                points.RemoveAll(point => (point.At - First).TotalMinutes >= 5.0 * Slots);
            }
        }

        var asked = groups.Where(g => call.Servers.Contains(g.Group[call.Measure.ServerAttribute]));
        return Task.FromResult<IReadOnlyList<AggregateGroup>?>([.. asked]);
    }

    public Task<IReadOnlyList<InstanceRevision>> InstancesAsync(
        IReadOnlyList<string> ids,
        bool history,
        CancellationToken token
    )
    {
        var known = history && HistoryOfA is not null ? HistoryOfA : Read<List<InstanceRevision>>("instances");
        return Task.FromResult<IReadOnlyList<InstanceRevision>>([.. known.Where(i => ids.Contains(i.Id))]);
    }

    public Task<IReadOnlyList<int>> GranularitiesAsync(CancellationToken token) =>
        Task.FromResult<IReadOnlyList<int>>([
            .. Read<List<ArchivePolicy>>("archive-policies")
                .SelectMany(p => p.Definition)
                .Select(d => d.Seconds)
                .OfType<int>(),
        ]);

    public Task<FlavourSize?> FlavourAsync(string id, CancellationToken token)
    {
        FlavoursAsked.Add(id);
        return Task.FromResult(Flavours.GetValueOrDefault(id));
    }

    public static T Read<T>(string name, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Recorded", $"{name}.json");
        return JsonSerializer.Deserialize<T>(File.ReadAllText(file))!;
    }
}
