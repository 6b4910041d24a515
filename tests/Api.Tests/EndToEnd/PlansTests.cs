using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Plans, off-hours and forecasts over HTTP: who sees what, and what is refused by name.</summary>
[Collection(DemoCollection.Name)]
public sealed class PlansTests(DemoHost host)
{
    private const string Systems = "/api/v1/systems";

    [Fact]
    public async Task A_system_says_what_it_is_for_and_is_production_unless_told()
    {
        var given = await RegisterAsync("a-for-tests", """, "environment": "test" """);
        var silent = await RegisterAsync("a-for-all", "");
        var wrong = await RegisterAsync("a-for-none", """, "environment": "staging" """);

        Assert.Equal("test", given.Body.GetProperty("environment").GetString());
        Assert.Equal("production", silent.Body.GetProperty("environment").GetString());
        Assert.Equal(["environment"], wrong.Faults.Select(f => f.Path));
        var listed = await host.GetAsync("tenant-a", $"{Systems}?limit=500");
        Assert.Contains(
            listed.Items,
            s =>
                s.GetProperty("code").GetString() == "a-for-tests" && s.GetProperty("environment").GetString() == "test"
        );
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("off-hours")]
    public async Task Another_tenants_system_is_not_there(string what)
    {
        var other = await host.GetAsync("tenant-b", $"{Systems}/a-social-security/{what}");
        var unknown = await host.GetAsync("authority", $"{Systems}/no-such-system/{what}");
        var provider = await host.GetAsync("provider-a", $"{Systems}/a-social-security/{what}");

        Assert.Equal((404, "system.notFound"), (other.Status, other.Code));
        Assert.Equal((404, "system.notFound"), (unknown.Status, unknown.Code));
        Assert.Equal(403, provider.Status);
        foreach (var who in new[] { "tenant-a", "authority", "technical" })
        {
            Assert.Equal(200, (await host.GetAsync(who, $"{Systems}/a-social-security/{what}")).Status);
        }
    }

    [Fact]
    public async Task Art40_A_production_system_has_no_hours_off_and_no_yuan_are_promised()
    {
        var plan = await host.GetAsync("tenant-a", $"{Systems}/a-social-security/off-hours");

        Assert.Equal("notApplicable", plan.Body.GetProperty("verdict").GetString());
        Assert.Equal("0.00", plan.Body.GetProperty("monthlySaving").GetString());
        Assert.Empty(plan.Body.GetProperty("servers").EnumerateArray());
    }

    [Theory]
    [InlineData("?of=disk&before=2026-02-30", "before")]
    [InlineData("?of=memory", "of")]
    [InlineData("", "of")]
    [InlineData("?of=pool&until=2026-01-01", "until")]
    public async Task Bad_input_is_refused_by_name(string query, string field)
    {
        var answer = await host.GetAsync("technical", $"/api/v1/forecasts{query}");

        Assert.Equal(422, answer.Status);
        Assert.Equal([field], answer.Faults.Select(f => f.Path));
    }

    [Fact]
    public async Task Pools_are_forecast_for_their_provider_and_their_region_not_for_tenants()
    {
        var own = await host.GetAsync("provider-a", "/api/v1/pools/mock-a/forecast");
        var foreign = await host.GetAsync("provider-b", "/api/v1/pools/mock-a/forecast");
        var tenant = await host.GetAsync("tenant-a", "/api/v1/pools/mock-a/forecast");

        Assert.Equal(200, own.Status);
        Assert.Equal(
            ["vcpus", "memory", "storage"],
            own.Body.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("part").GetString())
        );
        Assert.Equal((404, "pool.notFound"), (foreign.Status, foreign.Code));
        Assert.Equal(403, tenant.Status);
        Assert.Equal(200, (await host.GetAsync("tenant-a", "/api/v1/forecasts?of=disk")).Status);
        Assert.Equal(200, (await host.GetAsync("authority", "/api/v1/forecasts?of=pool")).Status);
        var none = await host.GetAsync("tenant-a", "/api/v1/resources/res-999999/forecast");
        Assert.Equal((404, "resource.notFound"), (none.Status, none.Code));
    }

    private Task<Answer> RegisterAsync(string code, string more) =>
        host.PostAsync(
            "tenant-a",
            Systems,
            $$"""{"code":"{{code}}","name":"试","protectionLevel":2,"classified":false{{more}}}"""
        );
}
