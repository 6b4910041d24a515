using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.SizePlans;

/// <summary>The numbers by which hours are idle. No official ones are published; these are the platform's own.</summary>
public sealed record OffHoursNumbers
{
    /// <summary>Percent; an hour is idle whose mean CPU use is under it.</summary>
    public double CpuMean { get; init; } = 5;

    /// <summary>Hours on end from which a stop is worth it.</summary>
    public int LeastHours { get; init; } = 4;

    /// <summary>How many whole weeks an hour must have been idle in, every one of them.</summary>
    public int Weeks { get; init; } = 4;
}

/// <summary>From the stop to the start, in hours of the week from Monday 00:00 of Asia/Shanghai, 0 to 167.</summary>
/// <param name="Stop">The hour at whose begin it is stopped.</param>
/// <param name="Start">The hour at whose begin it is started again; smaller than the stop over the week's end.</param>
public readonly record struct OffPeriod(int Stop, int Start)
{
    /// <summary>Hours off.</summary>
    public int Hours => (Start - Stop + WeekUse.Hours) % WeekUse.Hours;
}

/// <summary>The week of one server.</summary>
/// <param name="Server">Which.</param>
/// <param name="Periods">When it is off, in order of stop.</param>
public sealed record ServerOffHours(Resource Server, IReadOnlyList<OffPeriod> Periods)
{
    /// <summary>Hours off a week.</summary>
    public int Hours => Periods.Sum(p => p.Hours);

    public long VcpuHours => (long)Hours * (Server.Spec.Vcpus ?? 0);

    public long MemoryGiBHours => (long)Hours * (Server.Spec.MemoryGiB ?? 0);
}

/// <summary>
/// Off-hours plan (闲时关机方案, art. 22) of a test or development system: what is freed a week. It saves no yuan: charges
/// are by days in service (art. 40).
/// </summary>
public sealed record OffHoursPlan
{
    /// <summary>The system's code.</summary>
    public required string System { get; init; }

    /// <summary>Determined if any server was looked at.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>First day looked at.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly Until { get; init; }

    public required OffHoursNumbers Numbers { get; init; }

    public required IReadOnlyList<ServerOffHours> Servers { get; init; }

    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>Why there is no plan, and why it saves no yuan.</summary>
    public required IReadOnlyList<Bilingual> Reasons { get; init; }
}

/// <summary>Finds the hours of the week in which a server can be off.</summary>
internal static class OffHours
{
    private const int HoursOfDay = 24;
    private const int WorkDays = 5;

    /// <summary>Null where any hour of any week was not measured: an hour that nobody saw was not idle.</summary>
    public static IReadOnlyList<OffPeriod>? Of(IReadOnlyList<WeekUse> weeks, OffHoursNumbers numbers)
    {
        if (weeks.Count == 0 || Holes(weeks) > 0)
        {
            return null;
        }

        var idle = Enumerable.Range(0, WeekUse.Hours).Select(h => weeks.All(w => w.Cpu[h] < numbers.CpuMean)).ToArray();
        return idle.All(i => i) ? [new OffPeriod(0, 0)] : Runs(Preferred(idle, numbers), numbers.LeastHours);
    }

    /// <summary>How many of the week's hours at least one of the weeks did not measure.</summary>
    public static int Holes(IReadOnlyList<WeekUse> weeks) =>
        Enumerable.Range(0, WeekUse.Hours).Count(hour => weeks.Any(w => w.Cpu[hour] is null));

    /// <summary>
    /// The same hours on all working days where that leaves enough of them together; else each day's own. Weekends have
    /// their own.
    /// </summary>
    private static bool[] Preferred(bool[] idle, OffHoursNumbers numbers)
    {
        var common = Enumerable
            .Range(0, HoursOfDay)
            .Select(hour => Enumerable.Range(0, WorkDays).All(day => idle[(day * HoursOfDay) + hour]))
            .ToArray();
        if (LongestRound(common) < numbers.LeastHours)
        {
            return idle;
        }

        return
        [
            .. idle.Select((isIdle, hour) => isIdle && (hour >= WorkDays * HoursOfDay || common[hour % HoursOfDay])),
        ];
    }

    private static int LongestRound(bool[] hours)
    {
        var (longest, run) = (0, 0);
        for (var i = 0; i < 2 * hours.Length && run < hours.Length; i++)
        {
            run = hours[i % hours.Length] ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>The runs of so many hours at least; one over the week's end is one run.</summary>
    private static List<OffPeriod> Runs(bool[] off, int least)
    {
        var runs = new List<OffPeriod>();
        var begin = Array.IndexOf(off, false);
        int? stop = null;
        for (var i = 1; i <= off.Length; i++)
        {
            var hour = (begin + i) % off.Length;
            if (off[hour])
            {
                stop ??= hour;
            }
            else if (stop is { } from)
            {
                runs.Add(new OffPeriod(from, hour));
                stop = null;
            }
        }

        return [.. runs.Where(r => r.Hours >= least).OrderBy(r => r.Stop)];
    }
}
