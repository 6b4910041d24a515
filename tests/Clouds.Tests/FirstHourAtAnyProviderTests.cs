using CloudManager.Clouds.Tests.Support;

namespace CloudManager.Clouds.Tests;

/// <summary>The first hour at providers who serve the open interface (开放接口) or run a site agent (现场代理).</summary>
public sealed class FirstHourAtAnyProviderTests
{
    [Fact]
    public Task Art16_it_goes_on_the_open_interface() => StoryOn.GoesAsync(OpenCloud.StartAsync);

    [Fact]
    public Task Art16_it_goes_through_a_site_agent() => StoryOn.GoesAsync(AgentCloud.StartAsync);

    [Fact]
    public Task Art16_it_goes_on_the_open_interface_in_Python()
    {
        Assert.SkipUnless(PythonCloud.CanRun, "needs python3");
        return StoryOn.GoesIfAllAsync(PythonCloud.StartAsync);
    }
}
