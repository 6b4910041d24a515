using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>What a provider says of its limits is what the platform goes by.</summary>
public sealed class LimitsTests
{
    [Fact]
    public async Task Art16_creates_without_a_token_are_the_platforms_limits_too()
    {
        await using var server = Describing(
            """{"withoutToken": ["addresses", "networks"], "bandwidthIsFixed": true}"""
        );
        await using var pool = OpenPool.At(server.Address);

        await pool.CheckAsync(OpenPool.None);

        var limits = pool.Info.Limits;
        Assert.Equal(["networks", "addresses"], CreatedKinds.WithoutToken(limits));
        Assert.True(limits.KeepsKeysOf(CreationKinds.Servers));
        Assert.False(limits.KeepsKeysOf(CreationKinds.Addresses));
        Assert.True(limits.BandwidthIsFixed);
    }

    [Fact]
    public async Task A_provider_that_says_nothing_keeps_all_keys_as_the_contract_asks()
    {
        await using var server = Describing("{}");
        await using var pool = OpenPool.At(server.Address);

        await pool.CheckAsync(OpenPool.None);

        Assert.Empty(CreatedKinds.WithoutToken(pool.Info.Limits));
        Assert.False(pool.Info.Limits.BandwidthIsFixed);
    }

    [Fact]
    public async Task Refuses_a_kind_that_is_not_created()
    {
        await using var server = Describing("""{"withoutToken": ["consoles"]}""");
        await using var pool = OpenPool.At(server.Address);

        var failure = await OpenPool.FailsAsync(FailureKind.Unavailable, () => pool.CheckAsync(OpenPool.None));

        Assert.Contains("withoutToken has 'consoles'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cloud_without_tokens_has_none_for_any_kind() =>
        Assert.Equal(CreatedKinds.All, CreatedKinds.WithoutToken(new CloudLimits()));

    private static WireServer Describing(string limits)
    {
        var text = $$$"""
            {"interface": "cloudmanager-open-interface", "version": "1.0", "cloud": {"name": "C"},
             "services": {"servers": {"offered": true}}, "limits": {{{limits}}} }
            """;
        return new WireServer(_ => Task.FromResult(new WireAnswer(200, text)));
    }
}
