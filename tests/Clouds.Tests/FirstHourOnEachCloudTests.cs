using CloudManager.Clouds.Tests.Support;

namespace CloudManager.Clouds.Tests;

/// <summary>The first hour on clouds that have an adapter of their own.</summary>
public sealed class FirstHourOnEachCloudTests
{
    [Fact]
    public Task Art16_it_goes_on_Huawei() => StoryOn.GoesAsync(HuaweiCloud.StartAsync);

    [Fact]
    public Task Art16_it_goes_on_EC2() => StoryOn.GoesAsync(AwsCloud.StartAsync);

    [Fact]
    public Task Art16_it_goes_on_a_plugin() => StoryOn.GoesIfAllAsync(PluginCloud.StartAsync);
}
