using System.Globalization;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>The host's demo clock as it was last looked at: a simulated cloud measures on the story's days.</summary>
internal sealed class HostTime : TimeProvider
{
    private HostProcess? _host;
    private DateTimeOffset _now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>From now on this host's.</summary>
    public Task FollowAsync(HostProcess host)
    {
        _host = host;
        return LookAsync();
    }

    /// <summary>Looks at the clock; without a host it stands.</summary>
    public async Task LookAsync()
    {
        if (_host is { } host)
        {
            var clock = await host.CallAsync(HttpMethod.Get, "/api/v1/demo/clock", "technical");
            _now = DateTimeOffset.Parse(clock["now"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        }
    }
}
