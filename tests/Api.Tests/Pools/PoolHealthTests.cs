using CloudManager.Adapters.Relay;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Pools;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Api.Tests.Pools;

/// <summary>What a pool's health says: whether it lets the platform in, and what of its mapping is not there.</summary>
public sealed class PoolHealthTests
{
    private readonly FakeTimeProvider _machine = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_pool_that_has_all_its_mapping_leads_to_is_without_fault()
    {
        await using var pool = new TwistedPool();

        var health = await HealthAsync(pool);

        Assert.True(health.Answers);
        Assert.Equal((null, null, null), (health.Reason, health.Detail, health.RequestId));
        Assert.Empty(health.MappingFaults);
    }

    [Fact]
    public async Task Each_fault_of_the_mapping_is_named_by_its_kind()
    {
        await using (var pool = new TwistedPool { NoImages = new HashSet<string> { "uos-20" } })
        {
            await NamesAsync(pool, "image", "uos-20", "the cloud has no uos-20");
        }

        await using (var pool = new TwistedPool { NoTypes = new HashSet<string> { "hdd" } })
        {
            await NamesAsync(pool, "volumeType", "hdd", "the cloud has no hdd");
        }

        await using (var pool = new TwistedPool { Flavour = f => f.Flavour == "m4-8" ? null : f })
        {
            await NamesAsync(pool, "flavour", "m4-8", "the cloud has no m4-8");
        }

        await using (
            var pool = new TwistedPool
            {
                Flavour = f => f.Flavour == "m4-8" ? f with { Size = new ServerSize(4, 16) } : f,
            }
        )
        {
            await NamesAsync(pool, "flavour", "m4-8", "mapped as 4C8G, it is 4C16G");
        }

        await using (var pool = new TwistedPool { HasNetwork = false })
        {
            var fault = await NamesAsync(pool, "network", "net-1", "the cloud has no net-1");
            Assert.Equal("req-net", fault.RequestId);
        }
    }

    [Theory]
    [InlineData(FailureKind.Unauthenticated, "unauthenticated", "the credentials are not accepted")]
    [InlineData(FailureKind.Forbidden, "forbidden", "the credentials are not allowed in")]
    [InlineData(FailureKind.NotFound, "notFound", "a service or region is missing")]
    [InlineData(FailureKind.Unavailable, "unavailable", "the cloud cannot be reached")]
    public async Task Why_a_pool_does_not_let_the_platform_in_is_said_with_the_clouds_own_request_id(
        FailureKind kind,
        string reason,
        string words
    )
    {
        await using var pool = new TwistedPool
        {
            Refuses = new AdapterException(kind, "Keystone says no")
            {
                ProviderCode = "401",
                ProviderRequestId = "req-5f0c",
            },
        };

        var health = await HealthAsync(pool);

        Assert.False(health.Answers);
        Assert.Equal((reason, "req-5f0c"), (health.Reason, health.RequestId));
        Assert.Contains(words, health.Detail, StringComparison.Ordinal);
        Assert.EndsWith("Keystone says no [401]", health.Detail, StringComparison.Ordinal);
        Assert.Empty(health.MappingFaults);
    }

    [Fact]
    public async Task A_pool_is_asked_at_most_every_half_minute_and_its_faults_stay_known_while_it_is_away()
    {
        await using var pool = new TwistedPool { NoTypes = new HashSet<string> { "hdd" } };
        var health = Of(pool);
        await health.OfAsync(pool.Pool, CancellationToken.None);
        pool.Refuses = new AdapterException(FailureKind.Unauthenticated, "the password was changed");

        Assert.True((await health.OfAsync(pool.Pool, CancellationToken.None)).Answers);
        Assert.Equal(1, pool.Checks);
        _machine.Advance(TimeSpan.FromSeconds(31));
        var away = await health.OfAsync(pool.Pool, CancellationToken.None);

        Assert.Equal((false, 2), (away.Answers, pool.Checks));
        Assert.Equal("hdd", Assert.Single(away.MappingFaults).Name);
    }

    [Fact]
    public async Task A_plug_in_at_fault_is_malfunctioned_whatever_its_cloud_says_until_a_person_reopens_it()
    {
        await using var pool = new TwistedPool
        {
            Faulty = new(("插件异常", "the plug-in fails"), _machine.GetUtcNow()),
        };
        var health = Of(pool);

        var faulty = await health.OfAsync(pool.Pool, CancellationToken.None);
        Assert.Equal((false, "malfunctioned"), (faulty.Answers, faulty.Reason));
        Assert.Equal("插件异常 / the plug-in fails", faulty.Detail);

        pool.Faulty = null;
        health.Forget(pool.Pool.Id);
        Assert.True((await health.OfAsync(pool.Pool, CancellationToken.None)).Answers);
    }

    private async Task<MappingFault> NamesAsync(TwistedPool pool, string kind, string name, string reason)
    {
        var health = await HealthAsync(pool);
        Assert.True(health.Answers);
        var fault = Assert.Single(health.MappingFaults);
        Assert.Equal((kind, name), (fault.Kind, fault.Name));
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        return fault;
    }

    private Task<HealthView> HealthAsync(TwistedPool pool) => Of(pool).OfAsync(pool.Pool, CancellationToken.None);

    private PoolHealth Of(TwistedPool pool)
    {
        var clock = new MachineClock(_machine);
        var mapping = new MappingHealth(new CheckMapping(pool), clock, NullLogger<MappingHealth>.Instance);
        return new PoolHealth(pool, mapping, new PoolRelays(), clock);
    }
}
