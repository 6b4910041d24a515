using System.Net;

namespace CloudManager.Labs.Huawei.Tests;

/// <summary>Networks, security groups and public addresses.</summary>
public sealed class NetworkTests
{
    [Fact]
    public async Task A_new_subnet_is_unknown_and_no_server_goes_there_until_it_is_active()
    {
        await using var lab = await Lab.StartAsync();
        var subnet = await SubnetAsync(lab);
        var order = lab.Order("vm")
            .Replace(lab.Simulator.DefaultVpc, subnet.Text("subnet", "vpc_id"), StringComparison.Ordinal)
            .Replace(lab.Simulator.DefaultSubnet, subnet.Text("subnet", "id"), StringComparison.Ordinal);

        var early = await lab.PostAsync("/v1/{p}/cloudservers", order);
        lab.Pass(5);
        var later = await lab.PostAsync("/v1/{p}/cloudservers", order);

        Assert.Equal("UNKNOWN", subnet.Text("subnet", "status"));
        Assert.Equal(HttpStatusCode.BadRequest, early.Status);
        Assert.Equal(HttpStatusCode.OK, later.Status);
    }

    [Fact]
    public async Task What_is_in_use_is_not_deleted()
    {
        await using var lab = await Lab.StartAsync();
        var subnet = await SubnetAsync(lab);
        var (vpc, id) = (subnet.Text("subnet", "vpc_id"), subnet.Text("subnet", "id"));
        await lab.ServerAsync("vm");

        var inUse = new[]
        {
            await lab.SendAsync("DELETE", $"/v1/{{p}}/vpcs/{vpc}"),
            await lab.SendAsync(
                "DELETE",
                $"/v1/{{p}}/vpcs/{lab.Simulator.DefaultVpc}/subnets/{lab.Simulator.DefaultSubnet}"
            ),
        };
        var wrongVpc = await lab.SendAsync("DELETE", $"/v1/{{p}}/vpcs/{lab.Simulator.DefaultVpc}/subnets/{id}");
        var gone = await lab.SendAsync("DELETE", $"/v1/{{p}}/vpcs/{vpc}/subnets/{id}");

        Assert.All(inUse, answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));
        Assert.Equal(HttpStatusCode.BadRequest, wrongVpc.Status);
        Assert.Equal(HttpStatusCode.NoContent, gone.Status);
        Assert.Equal(HttpStatusCode.NoContent, (await lab.SendAsync("DELETE", $"/v1/{{p}}/vpcs/{vpc}")).Status);
    }

    [Theory]
    [InlineData("a public range", "8.8.0.0/16")]
    [InlineData("host bits", "10.0.0.1/16")]
    [InlineData("smaller than 16 addresses", "10.0.0.0/29")]
    [InlineData("no range", "ten")]
    public async Task Refuses_a_range(string because, string cidr)
    {
        await using var lab = await Lab.StartAsync();

        var refused = await lab.PostAsync("/v1/{p}/vpcs", $$$"""{"vpc":{"name":"v","cidr":"{{{cidr}}}"}}""");

        Assert.True(refused.Text("code") == "VPC.0101", because);
    }

    [Fact]
    public async Task A_subnet_without_free_addresses_fails_the_job()
    {
        await using var lab = await Lab.StartAsync();
        var subnet = await SubnetAsync(lab, "10.9.0.0/28");
        lab.Pass(5);
        var order = lab.Order("vm", ",\"count\":12")
            .Replace(lab.Simulator.DefaultVpc, subnet.Text("subnet", "vpc_id"), StringComparison.Ordinal)
            .Replace(lab.Simulator.DefaultSubnet, subnet.Text("subnet", "id"), StringComparison.Ordinal);

        var made = await lab.PostAsync("/v1/{p}/cloudservers", order);
        lab.Pass(10);
        var job = await lab.GetAsync($"/v1/{{p}}/jobs/{made.Text("job_id")}");

        Assert.Equal("Ecs.0012", job.Text("error_code"));
        Assert.Equal(11, lab.Simulator.Servers);
    }

    [Fact]
    public async Task An_address_is_down_when_free_and_active_when_bound()
    {
        await using var lab = await Lab.StartAsync();
        var server = await lab.ServerAsync("vm");
        var port = (await lab.GetAsync($"/v1/{{p}}/ports?device_id={server}")).Text("ports", "0", "id");
        var made = await EipAsync(lab);
        var path = $"/v1/{{p}}/publicips/{made.Text("publicip", "id")}";
        lab.Pass(5);

        var free = await lab.GetAsync(path);
        var named = await lab.SendAsync("PUT", path, $$$"""{"publicip":{"alias":"new","port_id":"{{{port}}}"}}""");
        await lab.SendAsync("PUT", path, $$$"""{"publicip":{"port_id":"{{{port}}}"}}""");
        lab.Pass(5);
        var bound = await lab.GetAsync(path);
        var refused = await lab.SendAsync("DELETE", path);
        var third = await lab.GetAsync($"/v3/{{p}}/eip/publicips?vnic.instance_id={server}");
        await lab.SendAsync("PUT", path, """{"publicip":{"port_id":""}}""");
        var deleted = await lab.SendAsync("DELETE", path);

        Assert.Equal("PENDING_CREATE", made.Text("publicip", "status"));
        Assert.Equal("DOWN", free.Text("publicip", "status"));
        Assert.Null(named.Find("publicip", "port_id"));
        Assert.Equal(("ACTIVE", port), (bound.Text("publicip", "status"), bound.Text("publicip", "port_id")));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(("1", "new"), (third.Text("total_count"), third.Text("publicips", "0", "alias")));
        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        Assert.Empty((await lab.GetAsync("/v1/{p}/bandwidths")).Body!["bandwidths"]!.AsArray());
    }

    [Fact]
    public async Task The_address_shows_on_the_server_and_its_bandwidth_changes()
    {
        await using var lab = await Lab.StartAsync();
        var server = await lab.ServerAsync("vm");
        var port = (await lab.GetAsync($"/v1/{{p}}/ports?device_id={server}")).Text("ports", "0", "id");
        var id = (await EipAsync(lab)).Text("publicip", "id");
        lab.Pass(5);
        await lab.PostAsync(
            $"/v3/{{p}}/eip/publicips/{id}/associate-instance",
            $$$"""{"publicip":{"associate_instance_type":"PORT","associate_instance_id":"{{{port}}}"}}"""
        );
        var shown = (await lab.GetAsync($"/v1/{{p}}/publicips/{id}")).Text("publicip", "bandwidth_id");
        await lab.SendAsync("PUT", $"/v1/{{p}}/bandwidths/{shown}", """{"bandwidth":{"size":20}}""");

        var seen = await lab.GetAsync($"/v1/{{p}}/cloudservers/{server}");
        var width = await lab.GetAsync($"/v1/{{p}}/publicips/{id}");

        Assert.Equal("floating", seen.Text("server", "addresses", lab.Simulator.DefaultVpc, "1", "OS-EXT-IPS:type"));
        Assert.Equal("20", width.Text("publicip", "bandwidth_size"));
    }

    [Fact]
    public async Task Rules_of_version_one_are_ranges_and_of_version_three_texts()
    {
        await using var lab = await Lab.StartAsync();
        var group = await lab.PostAsync("/v3/{p}/vpc/security-groups", """{"security_group":{"name":"g"}}""");
        var id = group.Text("security_group", "id");
        var rule = $$$"""
            {"security_group_rule":{"security_group_id":"{{{id}}}","direction":"ingress","protocol":"tcp",
            "port_range_min":80,"port_range_max":90,"remote_ip_prefix":"0.0.0.0/0"}}
            """;

        var made = await lab.PostAsync("/v1/{p}/security-group-rules", rule);
        var again = await lab.PostAsync("/v1/{p}/security-group-rules", rule);
        var third = await lab.GetAsync($"/v3/{{p}}/vpc/security-group-rules/{made.Text("security_group_rule", "id")}");

        Assert.Equal(HttpStatusCode.Created, group.Status);
        Assert.Equal("80", made.Text("security_group_rule", "port_range_min"));
        Assert.Equal((HttpStatusCode.Conflict, "VPC.0611"), (again.Status, again.Text("code")));
        Assert.Equal("80-90", third.Text("security_group_rule", "multiport"));
        Assert.Equal(100, third.Find("security_group_rule", "priority")!.GetValue<int>());
    }

    [Fact]
    public async Task Many_rules_at_once_leave_out_those_that_are_there()
    {
        await using var lab = await Lab.StartAsync();
        var id = (await lab.PostAsync("/v3/{p}/vpc/security-groups", """{"security_group":{"name":"g"}}""")).Text(
            "security_group",
            "id"
        );
        const string Rules = """
            {"security_group_rules":[{"direction":"ingress","protocol":"tcp","multiport":"22"}],"ignore_duplicate":true}
            """;

        var first = await lab.PostAsync($"/v3/{{p}}/vpc/security-groups/{id}/security-group-rules/batch-create", Rules);
        var second = await lab.PostAsync(
            $"/v3/{{p}}/vpc/security-groups/{id}/security-group-rules/batch-create",
            Rules
        );

        Assert.Single(first.Body!["security_group_rules"]!.AsArray());
        Assert.Empty(second.Body!["security_group_rules"]!.AsArray());
    }

    private static async Task<Answer> SubnetAsync(Lab lab, string cidr = "10.9.1.0/24")
    {
        var vpc = await lab.PostAsync("/v1/{p}/vpcs", """{"vpc":{"name":"v","cidr":"10.9.0.0/16"}}""");
        Assert.Equal("CREATING", vpc.Text("vpc", "status"));
        return await lab.PostAsync(
            "/v1/{p}/subnets",
            $$$"""
            {"subnet":{"name":"s","cidr":"{{{cidr}}}","gateway_ip":"{{{cidr.Split('/')[0][..^1]}}}1",
            "vpc_id":"{{{vpc.Text("vpc", "id")}}}"}}
            """
        );
    }

    private static Task<Answer> EipAsync(Lab lab) =>
        lab.PostAsync(
            "/v1/{p}/publicips",
            """
            {"publicip":{"type":"5_bgp","alias":"key"},"bandwidth":{"name":"key","size":5,"share_type":"PER",
            "charge_mode":"bandwidth"}}
            """
        );
}
