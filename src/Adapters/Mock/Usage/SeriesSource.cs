using CloudManager.Adapters.Mock.State;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>
/// Which series a server follows: the replayed one of its number, else a profile of the habit planted for its number,
/// else a profile from the seed.
/// </summary>
internal sealed class SeriesSource(MockSettings settings, TraceFolder? replay)
{
    public ISeries Of(ServerRow row) =>
        replay is null
            ? new ProfileSeries(settings.Seed, row.Number, row.Phases[0], Planted(row.Number))
            : new TraceSeries(replay.Of(row.Number), Slots.Midnight(row.Phases[0].At));

    private Habit? Planted(int number) =>
        settings.Habits.Count == 0 ? null : settings.Habits[number % settings.Habits.Count];
}
