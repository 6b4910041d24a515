using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>A stretch of one server's samples, in steps.</summary>
/// <param name="Resource">Whose.</param>
/// <param name="From">First instant.</param>
/// <param name="Until">The instant after the last, at most 400 days later.</param>
/// <param name="Step">What one point stands for: a whole multiple of five minutes; at most 10,000 points.</param>
public sealed record SeriesQuery(ResourceId Resource, DateTimeOffset From, DateTimeOffset Until, TimeSpan Step)
{
    public const int MostDays = 400;
    public const int MostPoints = 10_000;

    /// <summary>How many points it has.</summary>
    public long Points => ((Until - From).Ticks + Step.Ticks - 1) / Step.Ticks;

    /// <summary>The step as it is asked for, in minutes.</summary>
    private string Asked => string.Create(CultureInfo.InvariantCulture, $"{Step.TotalMinutes}m");

    /// <summary>Why it cannot be read; null if it can.</summary>
    public Refusal? Refusal
    {
        get
        {
            var check = new Check();
            if (Step < Slots.Length || Step.Ticks % Slots.Length.Ticks != 0)
            {
                check.Fault(
                    "step",
                    Asked,
                    ("5 分钟的整数倍，如 5m、1h、1d", "a whole multiple of five minutes, e.g. 5m, 1h, 1d")
                );
            }
            else if (Until <= From)
            {
                check.Fault("until", null, ("晚于 from", "later than from"));
            }
            else if (Until - From > TimeSpan.FromDays(MostDays))
            {
                check.Fault("until", null, ($"from 之后至多 {MostDays} 天", $"at most {MostDays} days after from"));
            }
            else if (Points > MostPoints)
            {
                check.Fault("step", Asked, ($"至多 {MostPoints} 个点", $"long enough for at most {MostPoints} points"));
            }

            return check.IsClean ? null : check.Refusal("query.invalid");
        }
    }
}

/// <summary>What a server did in one step: means, maxima and minima of percentages, sums of bytes; null where nobody measured.</summary>
public sealed record SeriesPoint
{
    /// <summary>The step's first instant.</summary>
    public required DateTimeOffset At { get; init; }

    public double? Cpu { get; init; }
    public double? Memory { get; init; }
    public double? Disk { get; init; }
    public double? NetworkInBytes { get; init; }
    public double? NetworkOutBytes { get; init; }
    public double? CpuMax { get; init; }
    public double? MemoryMax { get; init; }
    public double? DiskMax { get; init; }
    public double? CpuMin { get; init; }
    public double? MemoryMin { get; init; }
    public double? DiskMin { get; init; }
}

/// <summary>Reads a server's samples in steps; every step has its point.</summary>
public sealed class ReadSeries(ISampleStore samples)
{
    public async Task<IReadOnlyList<SeriesPoint>> ExecuteAsync(SeriesQuery query, CancellationToken cancellationToken)
    {
        if (query.Refusal is { } refusal)
        {
            throw new ArgumentException(refusal.Detail.En, nameof(query));
        }

        var slots = new SlotRange(Slots.From(query.From), Slots.From(query.Until));
        var rows = await samples.ReadAsync(query.Resource, slots, cancellationToken);
        return Cut(query, slots, rows);
    }

    private static List<SeriesPoint> Cut(SeriesQuery query, SlotRange slots, IReadOnlyList<SampleRow> rows)
    {
        var width = query.Step.Ticks / Slots.Length.Ticks;
        var points = new List<SeriesPoint>((int)query.Points);
        var (next, sums) = (0, new Sums());
        for (var i = 0; i < query.Points; i++)
        {
            sums.Clear();
            var past = slots.First + ((i + 1) * width);
            while (next < rows.Count && rows[next].Slot < past)
            {
                sums.Add(rows[next++]);
            }

            points.Add(sums.ToPoint(query.From + (i * query.Step)));
        }

        return points;
    }

    private sealed class Sums
    {
        private Sum _cpu;
        private Sum _memory;
        private Sum _disk;
        private Sum _in;
        private Sum _out;

        public void Clear() => (_cpu, _memory, _disk, _in, _out) = (default, default, default, default, default);

        public void Add(in SampleRow row)
        {
            _cpu.Add(row.Cpu);
            _memory.Add(row.Memory);
            _disk.Add(row.Disk);
            _in.Add(row.NetworkIn);
            _out.Add(row.NetworkOut);
        }

        public SeriesPoint ToPoint(DateTimeOffset at) =>
            new()
            {
                At = at,
                Cpu = _cpu.Mean,
                Memory = _memory.Mean,
                Disk = _disk.Mean,
                NetworkInBytes = _in.Total,
                NetworkOutBytes = _out.Total,
                CpuMax = _cpu.Max,
                MemoryMax = _memory.Max,
                DiskMax = _disk.Max,
                CpuMin = _cpu.Min,
                MemoryMin = _memory.Min,
                DiskMin = _disk.Min,
            };
    }

    private record struct Sum
    {
        private int _count;
        private double _sum;
        private double _max;
        private double _min;

        public readonly double? Total => _count == 0 ? null : _sum;

        public readonly double? Mean => _count == 0 ? null : _sum / _count;

        public readonly double? Max => _count == 0 ? null : _max;

        public readonly double? Min => _count == 0 ? null : _min;

        public void Add(float? value)
        {
            if (value is { } measured)
            {
                var wide = Measured.Widen(measured);
                (_min, _max) = _count++ == 0 ? (wide, wide) : (Math.Min(_min, wide), Math.Max(_max, wide));
                _sum += wide;
            }
        }
    }
}
