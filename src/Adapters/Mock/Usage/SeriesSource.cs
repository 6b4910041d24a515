using CloudManager.Adapters.Mock.State;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>Which series a server follows: the replayed one of its number, else a profile from the seed.</summary>
internal sealed class SeriesSource(int seed, TraceFolder? replay)
{
    public ISeries Of(ServerRow row) =>
        replay is null
            ? new ProfileSeries(seed, row.Number, row.Phases[0])
            : new TraceSeries(replay.Of(row.Number), Slots.Midnight(row.Phases[0].At));
}
