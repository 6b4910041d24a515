using CloudManager.Adapters.Mock.State;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>A server that replays a measured series, whatever its size.</summary>
internal sealed class TraceSeries(TraceFile file, long firstMidnight) : ISeries
{
    public bool TryRead(long slot, in Phase phase, out Reading reading)
    {
        var line = file.Line(slot - firstMidnight);
        reading = line.GetValueOrDefault();
        return line.HasValue;
    }
}
