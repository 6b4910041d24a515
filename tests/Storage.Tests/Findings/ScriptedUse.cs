using CloudManager.Core.Findings;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Tests.Findings;

/// <summary>A server's day: every slot of it alike.</summary>
internal sealed record ScriptedDay(double Cpu, double Memory, double? BytesPerSecond = 50_000)
{
    public static ScriptedDay Idle { get; } = new(1, 5, 10);
    public static ScriptedDay Low { get; } = new(5, 20);
    public static ScriptedDay Usual { get; } = new(60, 60);
    public static ScriptedDay Half { get; } = new(30, 45);
    public static ScriptedDay Full { get; } = new(95, 70);

    /// <summary>How many of its 288 slots were measured.</summary>
    public int Slots { get; init; } = Core.Metering.Slots.PerDay;
}

/// <summary>Summaries of a script: what each server did on each day; null where nothing was measured.</summary>
internal sealed class ScriptedUse : IUsageSummaries, IRightSizes
{
    private readonly Dictionary<ResourceId, Func<DateOnly, ScriptedDay?>> _days = [];

    /// <summary>Called before each reading.</summary>
    public Action<IReadOnlyList<DayWindow>> OnRead { get; set; } = _ => { };

    /// <summary>Servers for which no other size is on offer.</summary>
    public HashSet<ResourceId> NoOtherSize { get; } = [];

    public void Does(ResourceId server, Func<DateOnly, ScriptedDay?> day) => _days[server] = day;

    public Task<IReadOnlyList<ServerUse>> ReadAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        OnRead(windows);
        return Task.FromResult<IReadOnlyList<ServerUse>>([.. windows.Select(Of)]);
    }

    public Task<IReadOnlyDictionary<ResourceId, Recommendation>> OfAsync(
        IReadOnlyList<MeasuredServerUse> servers,
        PolicyNumbers numbers,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyDictionary<ResourceId, Recommendation>>(
            servers
                .Where(s => !NoOtherSize.Contains(s.Server.Id))
                .ToDictionary(
                    s => s.Server.Id,
                    s => s.Use.Cpu.P95 > 80 ? Size(s.Server, 2, -90m) : Size(s.Server, 0.5, 45.5m)
                )
        );

    public Task<IReadOnlyDictionary<ResourceId, Recommendation>> GivenBackAsync(
        IReadOnlyList<Resource> resources,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyDictionary<ResourceId, Recommendation>>(
            resources.ToDictionary(r => r.Id, _ => new Recommendation(null, 200.25m, [("回收", "give back")]))
        );

    private static Recommendation Size(Resource server, double times, decimal saving) =>
        new(
            server.Spec with
            {
                Vcpus = (int)(server.Spec.Vcpus!.Value * times),
                MemoryGiB = (int)(server.Spec.MemoryGiB!.Value * times),
            },
            saving,
            []
        );

    private ServerUse Of(DayWindow window)
    {
        var script = _days.GetValueOrDefault(window.Resource, _ => null);
        var days = Enumerable
            .Range(0, window.Until.DayNumber - window.From.DayNumber)
            .Select(n => script(window.From.AddDays(n)))
            .OfType<ScriptedDay>()
            .ToList();
        var network = Metric(days.Where(d => d.BytesPerSecond is not null), d => d.BytesPerSecond!.Value * 300);
        return new ServerUse(window, Metric(days, d => d.Cpu), Metric(days, d => d.Memory), MetricUse.None)
        {
            Network = new(network.Measured, network.Mean, network.Max),
        };
    }

    private static MetricUse Metric(IEnumerable<ScriptedDay> days, Func<ScriptedDay, double> value)
    {
        var values = days.GroupBy(value, d => d.Slots).Select(g => (Value: g.Key, Slots: g.Sum())).Order().ToList();
        var (measured, before) = (values.Sum(v => v.Slots), 0);
        return measured == 0
            ? MetricUse.None
            : new(
                measured,
                values.Sum(v => v.Value * v.Slots) / measured,
                values.First(v => (before += v.Slots) >= Math.Ceiling(0.95 * measured)).Value,
                values[^1].Value
            );
    }
}
