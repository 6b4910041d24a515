using System.Globalization;

namespace CloudManager.Api.Time;

/// <summary>
/// Business time of the demonstration: ticks with real time, ahead or behind by an offset that is kept in the data
/// folder. Without the demonstration the offset is zero.
/// </summary>
internal sealed class BusinessClock(TimeProvider machine, TimeSpan offset) : TimeProvider
{
    private const string FileName = "clock-offset";

    public TimeSpan Offset { get; } = offset;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    /// <summary>
    /// Opens the clock of a data folder. The first instant asked for sets it; later ones move it forward only, so that
    /// starting again with the same options goes on where time stood.
    /// </summary>
    public static BusinessClock Open(string folder, DateTimeOffset? asked, TimeProvider machine)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var known = Read(path);
        var clock = new BusinessClock(machine, known ?? TimeSpan.Zero);
        if (asked is { } instant && (known is null || instant > clock.GetUtcNow()))
        {
            clock = new BusinessClock(machine, instant - machine.GetUtcNow());
        }

        if (clock.Offset != (known ?? TimeSpan.Zero))
        {
            Write(path, clock.Offset);
        }

        return clock;
    }

    private static TimeSpan? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var text = File.ReadAllText(path).Trim();
        return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw new InvalidDataException($"{path} holds '{text}', which is no offset such as 12.03:00:00.");
    }

    /// <summary>Written beside and moved into place, so that a power loss leaves the old or the new one.</summary>
    private static void Write(string path, TimeSpan offset)
    {
        var beside = $"{path}.new";
        File.WriteAllText(beside, offset.ToString("c", CultureInfo.InvariantCulture));
        File.Move(beside, path, overwrite: true);
    }
}
