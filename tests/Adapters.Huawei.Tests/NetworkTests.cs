using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>Networks are a VPC with a subnet, finished by whoever finds them; addresses go by their alias.</summary>
public sealed class NetworkTests
{
    private const string P = ScriptedCloud.Project;
    private const string CreateVpc = $"POST /v1/{P}/vpcs";
    private const string CreateSubnet = $"POST /v1/{P}/subnets";
    private const string Subnets = $"GET /v1/{P}/subnets";
    private const string Vpc = $"GET /v1/{P}/vpcs/{Recorded.VpcId}";
    private const string Vpcs = $"GET /v1/{P}/vpcs";
    private const string Ports = $"GET /v1/{P}/ports";
    private const string Eip = $"/v1/{P}/publicips/{Recorded.EipId}";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationKey Key = new("cm-1-1");
    private static readonly NativeId Id = new(Recorded.VpcId);
    private static readonly NativeId Address = new(Recorded.EipId);

    [Fact]
    public async Task A_network_gets_its_key_with_its_create_and_its_subnet_once_it_is_ready()
    {
        await using var cloud = new ScriptedCloud(clock: TimeProvider.System);
        cloud.Always(Vpcs, Recorded.Ok("""{"vpcs": []}""")).Always(Subnets, Recorded.Ok("""{"subnets": []}"""));
        cloud.Always(CreateVpc, Recorded.Ok(Body("CREATING")));
        cloud.Once(Vpc, Recorded.Ok(Body("CREATING"))).Always(Vpc, Recorded.Ok(Body("OK")));
        cloud.Always(
            CreateSubnet,
            Recorded.Ok($$$"""{"subnet": {"id": "{{{Recorded.SubnetId}}}", "name": "n", "status": "UNKNOWN"}}""")
        );

        var made = await cloud.Adapter.Networks!.CreateAsync(new NetworkSpec("n", "10.1.0.0/24"), Key, None);

        Assert.Equal((CloudState.Pending, "10.1.0.0/24", Key), (made.State, made.Cidr, made.Key!.Value));
        Assert.Contains(
            "\"description\":\"cloudmanager cm-1-1\"",
            Assert.Single(cloud.Sent(CreateVpc)).Body,
            StringComparison.Ordinal
        );
        var subnet = Assert.Single(cloud.Sent(CreateSubnet)).Body;
        Assert.Contains("\"cidr\":\"10.1.0.0/24\",\"gateway_ip\":\"10.1.0.1\"", subnet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_whose_making_was_cut_off_is_finished_when_it_is_found()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Vpcs, Recorded.Ok($$"""{"vpcs": [{{Made("OK")}}]}""")).Always(Vpc, Recorded.Ok(Body("OK")));
        cloud.Always(Subnets, Recorded.Ok("""{"subnets": []}"""));
        cloud.Always(
            CreateSubnet,
            Recorded.Ok($$$"""{"subnet": {"id": "{{{Recorded.SubnetId}}}", "name": "n", "status": "ACTIVE"}}""")
        );

        var found = await cloud.Adapter.Networks!.CreateAsync(new NetworkSpec("n", "10.1.0.0/24"), Key, None);

        Assert.Equal(CloudState.Active, found.State);
        Assert.Empty(cloud.Sent(CreateVpc));
    }

    [Fact]
    public async Task Of_two_networks_of_one_key_the_one_with_the_first_id_counts()
    {
        await using var cloud = new ScriptedCloud();
        var later = Made("OK").Replace(Recorded.VpcId, "ff" + Recorded.VpcId[2..], StringComparison.Ordinal);
        cloud.Always(Vpcs, Recorded.Ok($$"""{"vpcs": [{{later}}, {{Made("OK")}}]}"""));

        Assert.Equal(Id, (await cloud.Adapter.Networks!.FindAsync(Key, None))!.Id);
    }

    [Theory]
    [InlineData("CREATING", "ACTIVE", CloudState.Pending)]
    [InlineData("OK", "UNKNOWN", CloudState.Pending)]
    [InlineData("OK", "ACTIVE", CloudState.Active)]
    [InlineData("OK", "ERROR", CloudState.Error)]
    [InlineData("ERROR", "ACTIVE", CloudState.Error)]
    public async Task A_network_is_as_ready_as_its_parts(string vpc, string subnet, CloudState state)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Vpc, Recorded.Ok(Body(vpc)));
        cloud.Always(
            Subnets,
            Recorded.Ok(
                $$$"""{"subnets": [{"id": "{{{Recorded.SubnetId}}}", "name": "n", "status": "{{{subnet}}}"}]}"""
            )
        );

        Assert.Equal(state, (await cloud.Adapter.Networks!.GetAsync(Id, None)).State);
    }

    [Fact]
    public async Task A_network_that_servers_use_keeps_all_its_parts()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(
            Ports,
            Recorded.Ok(
                """{"ports": [{"id": "p1", "device_owner": "network:dhcp"}, {"id": "p2", "device_id": "s", "device_owner": "compute:az"}]}"""
            )
        );

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.Networks!.DeleteAsync(Id, None));

        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.DoesNotContain(cloud.Calls, call => call.Method == "DELETE");
    }

    [Theory]
    [InlineData(
        "none of the name",
        "other",
        """{"id": "a", "name": "n", "status": "ACTIVE"}, {"id": "b", "name": "m", "status": "ACTIVE"}""",
        FailureKind.InvalidRequest
    )]
    [InlineData("no subnet at all", null, "", FailureKind.InvalidRequest)]
    [InlineData(
        "several and none named",
        null,
        """{"id": "a", "name": "n", "status": "ACTIVE"}, {"id": "b", "name": "m", "status": "ACTIVE"}""",
        FailureKind.InvalidRequest
    )]
    [InlineData("not ready", null, """{"id": "a", "name": "n", "status": "UNKNOWN"}""", FailureKind.Conflict)]
    public async Task A_server_joins_one_subnet_that_is_ready(
        string because,
        string? subnet,
        string subnets,
        FailureKind kind
    )
    {
        await using var cloud = new ScriptedCloud(address => new
        {
            region = "r",
            accessKey = "a",
            secretKey = "s",
            projectId = P,
            endpoints = CloudServices.All.ToDictionary(it => it, _ => address),
            vpc = Recorded.VpcId,
            subnet,
        });
        cloud.Always(Subnets, Recorded.Ok($$"""{"subnets": [{{subnets}}]}"""));

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Servers!.CreateAsync(WireFaultTests.Spec, Key, None)
        );

        Assert.True(kind == failure.Kind, $"{because}: {failure.Message}");
    }

    [Fact]
    public async Task An_address_gets_its_key_as_alias_and_a_full_quota_is_told()
    {
        await using var cloud = new ScriptedCloud();
        const string Create = $"POST /v1/{P}/publicips";
        cloud.Always(
            $"GET /v3/{P}/eip/publicips",
            Recorded.Ok("""{"publicips": [], "page_info": {"current_count": 0}}""")
        );
        cloud.Once(Create, Recorded.Ok($$$"""{"publicip": {{{EipBody("PENDING_CREATE")}}}}"""));
        cloud.Always(Create, new WireAnswer(409, """{"code": "VPC.0521", "message": "Quota exceeded"}"""));

        var made = await cloud.Adapter.Addresses!.CreateAsync(new AddressSpec("网址", 5), Key, None);
        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Addresses.CreateAsync(new AddressSpec("a", 5), new OperationKey("cm-2"), None)
        );

        Assert.Equal(
            (CloudState.Pending, "203.0.113.9", 5, Key),
            (made.State, made.Address, made.BandwidthMbps!.Value, made.Key!.Value)
        );
        Assert.Contains("\"alias\":\"cmk.cm-1-1\"", cloud.Sent(Create)[0].Body, StringComparison.Ordinal);
        Assert.Contains("\"share_type\":\"PER\"", cloud.Sent(Create)[0].Body, StringComparison.Ordinal);
        Assert.Equal(FailureKind.QuotaExceeded, failure.Kind);
    }

    [Fact]
    public async Task A_bound_address_says_whose_it_is_and_is_not_taken_away()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always($"GET {Eip}", Recorded.Ok($$$"""{"publicip": {{{EipBody("ACTIVE", port: "p1")}}}}"""));
        cloud.Always(
            $"GET /v1/{P}/ports/p1",
            Recorded.Ok($$$"""{"port": {"id": "p1", "device_id": "{{{Recorded.ServerId}}}"}}""")
        );

        Assert.Equal(Recorded.ServerId, (await cloud.Adapter.Addresses!.GetAsync(Address, None)).BoundTo!.Value.Value);
        await cloud.Adapter.Binding!.BindAsync(Address, new NativeId(Recorded.ServerId), None);
        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Binding.BindAsync(Address, new NativeId("other"), None)
        );

        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.DoesNotContain(cloud.Calls, call => call.Method == "PUT");
    }

    [Fact]
    public async Task Unbinding_sends_an_empty_port_and_what_is_unbound_stays_so()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always($"PUT {Eip}", Recorded.Ok($$$"""{"publicip": {{{EipBody("DOWN")}}}}"""));
        cloud.Once($"GET {Eip}", Recorded.Ok($$$"""{"publicip": {{{EipBody("ACTIVE", port: "p1")}}}}"""));
        cloud.Always($"GET {Eip}", Recorded.Ok($$$"""{"publicip": {{{EipBody("DOWN")}}}}"""));

        await cloud.Adapter.Binding!.UnbindAsync(Address, None);
        await cloud.Adapter.Binding.UnbindAsync(Address, None);

        Assert.Equal("""{"publicip":{"port_id":""}}""", Assert.Single(cloud.Sent($"PUT {Eip}")).Body);
    }

    [Fact]
    public async Task A_cloud_without_the_newer_listing_is_listed_by_the_older_and_its_ports()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(
            $"GET /v1/{P}/publicips",
            Recorded.Ok($$$"""{"publicips": [{{{EipBody("ACTIVE", port: "p1")}}}]}""")
        );
        cloud.Always(
            $"GET /v1/{P}/ports/p1",
            Recorded.Ok($$$"""{"port": {"id": "p1", "device_id": "{{{Recorded.ServerId}}}"}}""")
        );

        var first = await cloud.Adapter.Addresses!.FindAsync(Key, None);
        var listed = await cloud.Adapter.Inventory!.ListAddressesAsync(None).ToListAsync(None);

        Assert.Equal((Address, Recorded.ServerId), (first!.Id, first.BoundTo!.Value.Value));
        Assert.Equal(first, Assert.Single(listed));
        Assert.Single(cloud.Sent($"GET /v3/{P}/eip/publicips"));
    }

    [Theory]
    [InlineData("vpc", Recorded.VpcId)]
    [InlineData("nobody's", null)]
    public async Task The_network_of_a_mapping_may_be_named(string name, string? id)
    {
        await using var cloud = new ScriptedCloud();

        var failure = await Record.ExceptionAsync(async () =>
            Assert.Equal(id, (await cloud.Adapter.Networks!.GetAsync(new NativeId(name), None)).Id.Value)
        );

        Assert.Equal(id is null ? FailureKind.NotFound : null, (failure as AdapterException)?.Kind);
    }

    [Fact]
    public async Task A_bandwidth_is_set_once()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always($"GET {Eip}", Recorded.Ok($$$"""{"publicip": {{{EipBody("DOWN")}}}}"""));
        cloud.Always($"PUT /v1/{P}/bandwidths/bw-1", Recorded.Ok("""{"bandwidth": {"id": "bw-1", "size": 8}}"""));

        await cloud.Adapter.Addresses!.SetBandwidthAsync(Address, 5, None);
        await cloud.Adapter.Addresses.SetBandwidthAsync(Address, 8, None);

        Assert.Equal("""{"bandwidth":{"size":8}}""", Assert.Single(cloud.Sent($"PUT /v1/{P}/bandwidths/bw-1")).Body);
    }

    private static string Body(string status) => $$$"""{"vpc": {{{Made(status)}}}}""";

    private static string Made(string status) =>
        Recorded
            .Vpc(status)
            .Replace("\"description\": \"\"", "\"description\": \"cloudmanager cm-1-1\"", StringComparison.Ordinal)
            .Replace("192.168.0.0/16", "10.1.0.0/24", StringComparison.Ordinal);

    private static string EipBody(string status, string port = "") =>
        $$"""{"id": "{{Recorded.EipId}}", "public_ip_address": "203.0.113.9", "status": "{{status}}", "alias": "cmk.cm-1-1", "port_id": "{{port}}", "bandwidth_id": "bw-1", "bandwidth_size": 5}""";
}
