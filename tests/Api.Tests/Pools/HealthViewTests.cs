using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Pools;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Tests.Pools;

public sealed class HealthViewTests
{
    private static readonly Pool Pool = new()
    {
        Id = new("os-a"),
        Name = "os-a",
        Provider = "provider-a",
        Region = "430000",
        Kind = PoolKind.New,
        Adapter = "OpenStack",
        Settings = JsonDocument.Parse("{}").RootElement,
        Limits = PoolLimits.Default,
        Mapping = new PoolMapping([], new Dictionary<string, string>(), new Dictionary<string, string>(), null),
    };

    [Theory]
    [InlineData("its own provider mends it", OrganisationKind.Provider, "provider-a", true)]
    [InlineData("another provider is a rival", OrganisationKind.Provider, "provider-b", false)]
    [InlineData("a tenant only waits", OrganisationKind.Tenant, "tenant-a", false)]
    [InlineData("the technical department looks after it", OrganisationKind.TechnicalDepartment, "technical", true)]
    [InlineData("the authority supervises it", OrganisationKind.Authority, "authority", true)]
    public void Why_a_pool_does_not_answer_is_for_those_who_look_after_it(
        string because,
        OrganisationKind kind,
        string code,
        bool sees
    )
    {
        var failure = new AdapterException(FailureKind.Unauthenticated, "Keystone at http://10.1.2.3 refuses 'demo'")
        {
            ProviderRequestId = "req-1",
        };
        var health = HealthView.Of(failure, [new MappingFault("image", "kylin", "missing")], DateTimeOffset.UnixEpoch);
        var organisation = new Organisation(code, code, kind, "430000");

        var seen = health.For(new Actor(code, organisation, [], Origin.Platform), Pool);

        Assert.Equal((false, "unauthenticated"), (seen.Answers, seen.Reason));
        Assert.True(sees == (seen.Detail is not null), because);
        Assert.Equal(sees ? "req-1" : null, seen.RequestId);
        Assert.Equal(sees ? 1 : 0, seen.MappingFaults.Count);
    }
}
