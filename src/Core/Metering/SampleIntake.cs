using CloudManager.Adapters.Sdk;

namespace CloudManager.Core.Metering;

/// <summary>
/// Takes a pool's samples of one range of slots: examines every value, and of a server's slot takes the first row that
/// holds a value. Used again for range after range.
/// </summary>
internal sealed class SampleIntake
{
    private const int LongestName = 100;
    private readonly IReadOnlyList<MeteredServer> _servers;
    private readonly Dictionary<NativeId, int> _byNative = [];
    private readonly Dictionary<long, int> _byNumber = [];
    private readonly List<SetAside> _setAside = [];
    private SampleRow[] _rows = new SampleRow[1_024];
    private int _count;
    private ulong[] _held = [];
    private SlotRange _range;
    private LabelClock _clock;
    private NativeId _lastNative;
    private int _lastServer = -1;

    public SampleIntake(IReadOnlyList<MeteredServer> servers)
    {
        _servers = servers;
        for (var i = 0; i < servers.Count; i++)
        {
            _byNative.TryAdd(servers[i].Native, i);
            _byNumber.Add(servers[i].Id.Number, i);
        }
    }

    /// <summary>The new rows, in the order in which they came.</summary>
    public ReadOnlyMemory<SampleRow> Rows => _rows.AsMemory(0, _count);

    public IReadOnlyList<SetAside> SetAside => _setAside;

    /// <summary>The newest slot that had not begun, by its label; null where none was delivered.</summary>
    public long? NewestAhead { get; private set; }

    /// <summary>Begins another range with nothing taken, by labels that are right.</summary>
    public void Begin(SlotRange range) => Begin(range, new LabelClock(0, long.MaxValue));

    /// <summary>Begins another range with nothing taken.</summary>
    public void Begin(SlotRange range, LabelClock clock)
    {
        (_range, _clock, _count) = (range, clock, 0);
        NewestAhead = null;
        _setAside.Clear();
        var words = (int)(((_servers.Count * range.Count) + 63) / 64);
        if (_held.Length < words)
        {
            _held = new ulong[words];
        }
        else
        {
            Array.Clear(_held);
        }
    }

    /// <summary>What is stored already is not taken again.</summary>
    public void Hold(HeldSlot held)
    {
        if (_range.Contains(held.Slot) && _byNumber.TryGetValue(held.Resource.Number, out var server))
        {
            MarkHeld(server, held.Slot);
        }
    }

    public void Take(in UsageSample sample)
    {
        if (Whole(in sample, out var server, out var slot) is { } reason)
        {
            Leave(in sample, metric: null, reason);
            return;
        }

        // Whether a slot before the server's first is looked at depends on when was looked, so none is taken.
        if (slot < _servers[server].FirstSlot || IsHeld(server, slot))
        {
            return;
        }

        var row = new SampleRow(
            _servers[server].Id,
            slot,
            Accept(in sample, Metric.Cpu, sample.CpuPercent),
            Accept(in sample, Metric.Memory, sample.MemoryPercent),
            Accept(in sample, Metric.Disk, sample.DiskPercent),
            Accept(in sample, Metric.NetworkIn, sample.NetworkInBytes),
            Accept(in sample, Metric.NetworkOut, sample.NetworkOutBytes)
        );
        if (!row.IsEmpty)
        {
            MarkHeld(server, slot);
            Add(in row);
        }
    }

    /// <summary>Why the whole sample is not taken; null if it is.</summary>
    private SetAsideReason? Whole(in UsageSample sample, out int server, out long slot)
    {
        slot = 0;
        server = Find(sample.Server);
        if (server < 0)
        {
            return SetAsideReason.UnknownServer;
        }

        if (!Slots.TryExact(sample.Slot, out slot))
        {
            return SetAsideReason.OffSlot;
        }

        slot -= _clock.Ahead;
        if (_range.Contains(slot))
        {
            return null;
        }

        if (slot <= _clock.Now)
        {
            return SetAsideReason.OutsideRange;
        }

        NewestAhead = Math.Max(NewestAhead ?? slot, slot);
        return SetAsideReason.FromTheFuture;
    }

    private float? Accept(in UsageSample sample, Metric metric, float? value)
    {
        if (value is { } measured && SampleRules.Fault(metric, measured) is { } reason)
        {
            Leave(in sample, metric, reason);
            return null;
        }

        return value;
    }

    private void Leave(in UsageSample sample, Metric? metric, SetAsideReason reason)
    {
        var name = sample.Server.Value ?? "";
        _setAside.Add(new(name.Length > LongestName ? name[..LongestName] : name, sample.Slot, metric, reason));
    }

    /// <summary>Samples mostly come server by server, so the last one is asked first.</summary>
    private int Find(NativeId native)
    {
        if (_lastServer >= 0 && native == _lastNative)
        {
            return _lastServer;
        }

        _lastNative = native;
        return _lastServer = native.Value is not null && _byNative.TryGetValue(native, out var server) ? server : -1;
    }

    private bool IsHeld(int server, long slot)
    {
        var place = Place(server, slot);
        return (_held[place / 64] & (1UL << (int)(place % 64))) != 0;
    }

    private void MarkHeld(int server, long slot)
    {
        var place = Place(server, slot);
        _held[place / 64] |= 1UL << (int)(place % 64);
    }

    private long Place(int server, long slot) => (server * _range.Count) + (slot - _range.First);

    private void Add(in SampleRow row)
    {
        if (_count == _rows.Length)
        {
            Array.Resize(ref _rows, _rows.Length * 2);
        }

        _rows[_count++] = row;
    }
}
