using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>The samples of one server from one slot to another, taken in portions.</summary>
internal sealed class MeasuredServer
{
    private readonly NativeId _id;
    private readonly IReadOnlyList<Phase> _phases;
    private readonly ISeries _series;
    private readonly long _until;
    private readonly long _ahead;
    private long _slot;
    private int _phase;

    /// <param name="row">The server.</param>
    /// <param name="series">What it does.</param>
    /// <param name="range">The slots asked for, from the first to the first that is not.</param>
    /// <param name="ahead">By how many slots labels are ahead.</param>
    public MeasuredServer(ServerRow row, ISeries series, (long From, long Until) range, long ahead)
    {
        var (from, until) = range;
        _ahead = ahead;
        _id = new NativeId(row.Id);
        _phases = row.Phases;
        _series = series;
        _slot = Math.Max(from, Slots.From(row.Phases[0].At));

        // A slot in which the server was deleted was never finished.
        _until = row.RemovedAt is { } end ? Math.Min(until, Slots.Of(end)) : until;
    }

    public bool IsDone => _slot >= _until;

    /// <summary>Puts samples into the batch from this place on, until it is full or there are none; answers the next place.</summary>
    public int Fill(UsageSample[] batch, int place)
    {
        while (_slot < _until && place < batch.Length)
        {
            var slot = _slot++;
            var phase = PhaseAt(slot);
            if (phase.Running && _series.TryRead(slot, in phase, out var reading))
            {
                batch[place++] = new UsageSample(
                    _id,
                    Slots.Start(slot + _ahead),
                    Measured(reading.Cpu),
                    Measured(reading.Memory),
                    Measured(reading.Disk),
                    Measured(reading.BytesIn),
                    Measured(reading.BytesOut)
                );
            }
        }

        return place;
    }

    private Phase PhaseAt(long slot)
    {
        while (_phase + 1 < _phases.Count && _phases[_phase + 1].At <= Slots.Instant(slot))
        {
            _phase++;
        }

        return _phases[_phase];
    }

    private static float? Measured(float value) => float.IsNaN(value) ? null : value;
}
