using CloudManager.Api.Tests.Support;
using CloudManager.Api.Time;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Api.Tests.Time;

public sealed class BusinessClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _machine = new(Start);

    [Fact]
    public void Without_an_instant_it_is_machine_time() => Assert.Equal(Start, Open(null).GetUtcNow());

    [Fact]
    public void It_ticks_with_real_time_from_the_instant_asked_for()
    {
        var clock = Open(Start.AddDays(-30));
        _machine.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Start.AddDays(-30).AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void It_goes_on_where_it_stood_when_started_again_with_the_same_instant()
    {
        Open(Start.AddDays(10));
        _machine.Advance(TimeSpan.FromDays(1));

        Assert.Equal(Start.AddDays(11), Open(Start.AddDays(10)).GetUtcNow());
        Assert.Equal(Start.AddDays(11), Open(null).GetUtcNow());
    }

    [Fact]
    public void A_later_instant_moves_it_forward()
    {
        Open(Start.AddDays(10));

        Assert.Equal(Start.AddDays(20), Open(Start.AddDays(20)).GetUtcNow());
        Assert.Equal(Start.AddDays(20), Open(null).GetUtcNow());
    }

    [Fact]
    public void A_broken_file_stops_the_start()
    {
        Open(Start.AddDays(10));
        File.WriteAllText(Path.Combine(_folder.Path, "clock-offset"), "soon");

        Assert.Throws<InvalidDataException>(() => Open(null));
    }

    public void Dispose() => _folder.Dispose();

    private BusinessClock Open(DateTimeOffset? asked) => BusinessClock.Open(_folder.Path, asked, _machine);
}
