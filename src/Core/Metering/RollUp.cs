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
    private long _vcpus;
    private long _memoryGiB;

    public void Add(Resource server, ServerUse use)
    {
        var spec = server.Spec;
        _resources++;
        _leftOut += use.Cpu.Measured + use.Memory.Measured + use.Disk.Measured == 0 ? 1 : 0;
        _vcpus += spec.Vcpus ?? 0;
        _memoryGiB += spec.MemoryGiB ?? 0;
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
            Vcpus = _vcpus,
            MemoryGiB = _memoryGiB,
            Cpu = _cpu.ToUtilisation(),
            Memory = _memory.ToUtilisation(),
            Disk = _disk.ToUtilisation(),
        };

    private sealed class Weighted
    {
        /// <summary>Further digits of a weighted mean are the noise of floating point.</summary>
        private const int Places = 6;

        private readonly List<Utilisation> _only = [];
        private double _weight;
        private double _mean;
        private double _p95;
        private double? _max;
        private long _measured;
        private long _slots;

        public void Add(MetricUse use, long capacity, long slots)
        {
            _slots += slots;
            _measured += use.Measured;
            if (use is not { Mean: { } mean, P95: { } p95, Max: { } max })
            {
                return;
            }

            var weight = (double)capacity * use.Measured;
            _weight += weight;
            _mean += weight * mean;
            _p95 += weight * p95;
            _max = Math.Max(_max ?? max, max);
            if (_only.Count < 2)
            {
                _only.Add(new(mean, p95, max, 0));
            }
        }

        private double Rounded(double sum) => Math.Round(sum / _weight, Places);

        /// <summary>Of a single server its own numbers: weighing would lose their last digits.</summary>
        public Utilisation ToUtilisation()
        {
            var coverage = _slots == 0 ? 0 : (double)_measured / _slots;
            return _only is [var own] ? own with { Coverage = coverage }
                : _weight > 0 ? new(Rounded(_mean), Rounded(_p95), _max, coverage)
                : new(null, null, _max, coverage);
        }
    }
}
