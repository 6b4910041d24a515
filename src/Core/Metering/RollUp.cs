using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>
/// Adds servers up, weighted by capacity and measured slots: cores for the processor, GiB for memory and for the system
/// disk. Servers must come in one order, so that sums are the same to the last digit.
/// </summary>
internal sealed class RollUp
{
    private const int DefaultDiskGiB = 40;
    private readonly Weighted _cpu = new();
    private readonly Weighted _memory = new();
    private readonly Weighted _disk = new();
    private int _resources;
    private int _leftOut;
    private long _leftOutVcpus;
    private long _vcpus;
    private long _memoryGiB;

    public void Add(Resource server, ServerUse use)
    {
        var spec = server.Spec;
        _resources++;
        _vcpus += spec.Vcpus ?? 0;
        _memoryGiB += spec.MemoryGiB ?? 0;
        if (use.Cpu.Measured + use.Memory.Measured + use.Disk.Measured == 0)
        {
            _leftOut++;
            _leftOutVcpus += spec.Vcpus ?? 0;
        }

        var slots = use.Window.Slots;
        _cpu.Add(use.Cpu, spec.Vcpus ?? 0, slots);
        _memory.Add(use.Memory, spec.MemoryGiB ?? 0, slots);
        _disk.Add(use.Disk, spec.SizeGiB ?? DefaultDiskGiB, slots);
    }

    public UtilisationRow ToRow() =>
        new()
        {
            Resources = _resources,
            LeftOut = _leftOut,
            LeftOutVcpus = _leftOutVcpus,
            Vcpus = _vcpus,
            MemoryGiB = _memoryGiB,
            Cpu = _cpu.ToUtilisation(),
            Memory = _memory.ToUtilisation(),
            Disk = _disk.ToUtilisation(),
        };

    /// <summary>The disk of the server that a volume is attached to, over the volume's own days.</summary>
    public static Utilisation DiskOf(ServerUse? use)
    {
        var disk = new Weighted();
        if (use is not null)
        {
            disk.Add(use.Disk, 1, use.Window.Slots);
        }

        return disk.ToUtilisation();
    }

    private sealed class Weighted
    {
        /// <summary>Further digits of a weighted mean are the noise of floating point.</summary>
        private const int Places = 6;

        private const double SlotsPerHour = 12;
        private MetricUse? _only;
        private int _servers;
        private double _weight;
        private double _mean;
        private double _p95;
        private double _p99;
        private bool _hasP95 = true;
        private bool _hasP99 = true;
        private double? _max;
        private long _measured;
        private long _above;
        private long _below;
        private long _slots;

        public void Add(MetricUse use, long capacity, long slots)
        {
            _slots += slots;
            _measured += use.Measured;
            if (use is not { Mean: { } mean, Max: { } max })
            {
                return;
            }

            var weight = (double)capacity * use.Measured;
            _weight += weight;
            _mean += weight * mean;
            _p95 += weight * (use.P95 ?? 0);
            _p99 += weight * (use.P99 ?? 0);
            _hasP95 &= use.P95 is not null;
            _hasP99 &= use.P99 is not null;
            _max = Math.Max(_max ?? max, max);
            _above += use.Above;
            _below += use.Below;
            _only = use;
            _servers++;
        }

        /// <summary>Of a single server its own numbers: weighing would lose their last digits.</summary>
        public Utilisation ToUtilisation()
        {
            var coverage = _slots == 0 ? 0 : (double)_measured / _slots;
            var numbers = _servers switch
            {
                0 => new Utilisation(null, null, null, coverage),
                1 => new(_only!.Mean, _only.P95, _only.Max, coverage) { P99 = _only.P99 },
                _ when _weight > 0 => new(Rounded(_mean), _hasP95 ? Rounded(_p95) : null, _max, coverage)
                {
                    P99 = _hasP99 ? Rounded(_p99) : null,
                },
                _ => new(null, null, _max, coverage),
            };
            return numbers with
            {
                Measured = _measured,
                HoursAbove = _servers == 0 ? null : _above / SlotsPerHour,
                HoursBelow = _servers == 0 ? null : _below / SlotsPerHour,
            };
        }

        private double Rounded(double sum) => Math.Round(sum / _weight, Places);
    }
}
