using CloudManager.Adapters.Hosting.Plugins;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Hosting.Plugins;

public sealed class WardDoorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(8));
    private readonly WardDoor _door = new(new WardLimits { MostGivenUp = 2, CoolDown = TimeSpan.FromMinutes(5) });

    [Fact]
    public void It_closes_with_the_last_call_it_can_bear_and_says_until_when()
    {
        _door.GiveUp("getServer", isTrial: false, Start);
        Assert.False(_door.Enter(Start));
        _door.GiveUp("check", isTrial: false, Start);
        var refused = Assert.Throws<AdapterException>(() => _door.Enter(Start.AddMinutes(1)));
        Assert.Equal((FailureKind.Throttled, TimeSpan.FromMinutes(4)), (refused.Kind, refused.RetryAfter));
        Assert.Contains("2 call(s) never came back (the last is check)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2026-01-05 09:05:00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cooled_down_it_lets_one_call_in_to_try_and_opens_when_that_comes_back()
    {
        Close();
        Assert.True(_door.Enter(Start.AddMinutes(5)));
        Assert.Throws<AdapterException>(() => _door.Enter(Start.AddMinutes(5)));
        _door.Came();
        Assert.False(_door.Enter(Start.AddMinutes(5)));
        Assert.Contains(
            "2 call(s) of the plug-in have not come back",
            $"{_door.Malfunction!.Reason}",
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Each_trial_that_fails_doubles_the_pause_up_to_a_day()
    {
        Close();
        var now = Start;
        var pauses = new List<TimeSpan>();
        for (var trial = 0; trial < 10; trial++)
        {
            now += Pause(now);
            Assert.True(_door.Enter(now));
            _door.GiveUp("check", isTrial: true, now);
            pauses.Add(Pause(now));
        }

        Assert.Equal([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440], pauses.Select(pause => pause.TotalMinutes));
    }

    [Fact]
    public void It_opens_when_the_last_call_came_back_after_all()
    {
        Close();
        _door.CameBack();
        Assert.NotNull(_door.Malfunction);
        _door.CameBack();
        Assert.Null(_door.Malfunction);
        Assert.False(_door.Enter(Start));
    }

    private TimeSpan Pause(DateTimeOffset now) =>
        Assert.Throws<AdapterException>(() => _door.Enter(now)).RetryAfter!.Value;

    private void Close()
    {
        _door.GiveUp("getServer", isTrial: false, Start);
        _door.GiveUp("getServer", isTrial: false, Start);
    }
}
