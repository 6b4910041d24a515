using System.Globalization;
using CloudManager.Scheduler;

namespace CloudManager.Api.Time;

/// <summary>
/// Business time of the demonstration: ticks with real time, ahead or behind by an offset that is kept in the data
/// folder, and stands still while it is being advanced. Without the demonstration the offset is zero.
/// </summary>
internal sealed class BusinessClock : TimeProvider, ISteeredClock
{
    private const string FileName = "clock-offset";
    private readonly TimeProvider _machine;
    private readonly string _path;
    private volatile State _state;

    private BusinessClock(TimeProvider machine, string path, TimeSpan offset)
    {
        _machine = machine;
        _path = path;
        _state = new State(offset, null);
    }

    public TimeSpan Offset => _state.Offset;

    public override DateTimeOffset GetUtcNow()
    {
        var state = _state;
        return state.StandsAt ?? _machine.GetUtcNow() + state.Offset;
    }

    public void Stand(DateTimeOffset at)
    {
        var instant = at.ToUniversalTime();
        if (instant < GetUtcNow() && _state.StandsAt is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(at), at, "time never goes back");
        }

        Become(new State(instant - _machine.GetUtcNow(), instant));
    }

    public void Go()
    {
        if (_state.StandsAt is { } at)
        {
            Become(new State(at - _machine.GetUtcNow(), null));
        }
    }

    /// <summary>
    /// Opens the clock of a data folder. The first instant asked for sets it; later ones move it forward only, so that
    /// starting again with the same options goes on where time stood.
    /// </summary>
    public static BusinessClock Open(string folder, DateTimeOffset? asked, TimeProvider machine)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var known = Read(path);
        var clock = new BusinessClock(machine, path, known ?? TimeSpan.Zero);
        if (asked is { } instant && (known is null || instant > clock.GetUtcNow()))
        {
            clock.Become(new State(instant - machine.GetUtcNow(), null));
        }

        return clock;
    }

    private void Become(State state)
    {
        if (state.Offset != _state.Offset)
        {
            Write(_path, state.Offset);
        }

        _state = state;
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

    /// <summary>How far business time is ahead, and where it stands if it does.</summary>
    private sealed record State(TimeSpan Offset, DateTimeOffset? StandsAt);
}
