using System.Net;

namespace CloudManager.Labs.Huawei.Tests;

/// <summary>Servers and their jobs, on a clock that the tests move.</summary>
public sealed class ServerTests
{
    private const string Servers = "/v1/{p}/cloudservers";

    [Fact]
    public async Task A_job_goes_from_init_over_running_to_success_and_the_server_with_it()
    {
        await using var lab = await Lab.StartAsync();
        var made = await lab.PostAsync(Servers, lab.Order("vm"));
        var (job, server) = ($"/v1/{{p}}/jobs/{made.Text("job_id")}", $"{Servers}/{made.Text("serverIds", "0")}");

        var before = (await lab.GetAsync(job), await lab.GetAsync(server));
        lab.Pass(2);
        var during = (await lab.GetAsync(job), await lab.GetAsync(server));
        lab.Pass(8);
        var after = (await lab.GetAsync(job), await lab.GetAsync(server));

        Assert.Equal("INIT", before.Item1.Text("status"));
        Assert.Equal("", before.Item1.Text("end_time"));
        Assert.Equal(HttpStatusCode.NotFound, before.Item2.Status);
        Assert.Equal("RUNNING", during.Item1.Text("status"));
        Assert.Equal("BUILD", during.Item2.Text("server", "status"));
        Assert.Equal("SUCCESS", after.Item1.Text("status"));
        Assert.Equal("2026-11-23T08:00:10.000Z", after.Item1.Text("end_time"));
        Assert.Equal(
            made.Text("serverIds", "0"),
            after.Item1.Text("entities", "sub_jobs", "0", "entities", "server_id")
        );
        Assert.Equal("ACTIVE", after.Item2.Text("server", "status"));
    }

    [Fact]
    public async Task A_server_deleted_while_it_is_made_fails_its_job_and_takes_no_address()
    {
        await using var lab = await Lab.StartAsync();
        var made = await lab.PostAsync(
            Servers,
            lab.Order("vm", ""","publicip":{"eip":{"iptype":"5_bgp","bandwidth":{"size":5,"sharetype":"PER"}}}""")
        );
        lab.Pass(2);
        lab.Simulator.Options.JobTime = TimeSpan.FromSeconds(2);
        await lab.PostAsync($"{Servers}/delete", $$"""{"servers":[{"id":"{{made.Text("serverIds", "0")}}"}]}""");
        lab.Pass(10);
        var job = await lab.GetAsync($"/v1/{{p}}/jobs/{made.Text("job_id")}");

        Assert.Equal("Ecs.0114", job.Text("error_code"));
        Assert.Equal((0, 0, 0), (lab.Simulator.Servers, lab.Simulator.Volumes, lab.Simulator.Addresses));
    }

    [Fact]
    public async Task Jobs_are_forgotten_a_day_after_their_end()
    {
        await using var lab = await Lab.StartAsync();
        var made = await lab.PostAsync(Servers, lab.Order("vm"));
        lab.Pass((24 * 3600) + 11);

        var job = await lab.GetAsync($"/v1/{{p}}/jobs/{made.Text("job_id")}");

        Assert.Equal(HttpStatusCode.NotFound, job.Status);
    }

    [Fact]
    public async Task One_client_token_makes_once_and_another_makes_again()
    {
        await using var lab = await Lab.StartAsync();

        var first = await lab.PostAsync(Servers, lab.Order("vm"), ("X-Client-Token", "a"));
        lab.Pass(3600);
        var again = await lab.PostAsync(Servers, lab.Order("vm"), ("X-Client-Token", "a"));
        var other = await lab.PostAsync(Servers, lab.Order("vm"), ("X-Client-Token", "b"));
        lab.Pass(10);

        Assert.Equal(first.Text("serverIds", "0"), again.Text("serverIds", "0"));
        Assert.NotEqual(first.Text("serverIds", "0"), other.Text("serverIds", "0"));
        Assert.Equal(2, lab.Simulator.Servers);
    }

    [Fact]
    public async Task A_refused_create_does_not_use_its_token_up()
    {
        await using var lab = await Lab.StartAsync();

        var refused = await lab.PostAsync(Servers, lab.Order("", ""), ("X-Client-Token", "a"));
        var made = await lab.PostAsync(Servers, lab.Order("vm"), ("X-Client-Token", "a"));

        Assert.Equal("Ecs.0005", refused.Text("error", "code"));
        Assert.Equal(HttpStatusCode.OK, made.Status);
    }

    [Fact]
    public async Task A_failed_part_fails_the_job_leaves_nothing_and_does_not_touch_the_others()
    {
        await using var lab = await Lab.StartAsync();
        lab.Simulator.FailJobs("createSingleServer", 1, "Ecs.0319", "no room");

        var made = await lab.PostAsync(Servers, lab.Order("vm", ",\"count\":3"));
        lab.Pass(10);
        var job = await lab.GetAsync($"/v1/{{p}}/jobs/{made.Text("job_id")}");

        Assert.Equal("FAIL", job.Text("status"));
        Assert.Equal("Ecs.0319", job.Text("error_code"));
        Assert.Equal(
            ["FAIL", "SUCCESS", "SUCCESS"],
            job.Find("entities", "sub_jobs")!.AsArray().Select(part => part!["status"]!.ToString())
        );
        Assert.Equal((2, 2), (lab.Simulator.Servers, lab.Simulator.Volumes));
    }

    [Fact]
    public async Task A_size_that_is_sold_out_in_the_zone_fails_in_the_job()
    {
        await using var lab = await Lab.StartAsync();
        var order = lab.Order("vm", ",\"availability_zone\":\"cn-north-4a\"")
            .Replace("s6.small.1", "c6.large.2", StringComparison.Ordinal);

        var made = await lab.PostAsync(Servers, order);
        lab.Pass(10);
        var job = await lab.GetAsync($"/v1/{{p}}/jobs/{made.Text("job_id")}");

        Assert.Equal("Ecs.0319", job.Text("error_code"));
        Assert.Equal(0, lab.Simulator.Servers);
    }

    [Fact]
    public async Task The_quota_can_be_used_up_and_counts_what_nobody_sees_yet()
    {
        await using var lab = await Lab.StartAsync(options => options.Quotas = new() { Instances = 2 });

        var two = await lab.PostAsync(Servers, lab.Order("vm", ",\"count\":2"));
        var third = await lab.PostAsync(Servers, lab.Order("vm"));

        Assert.Equal(HttpStatusCode.OK, two.Status);
        Assert.Equal((HttpStatusCode.BadRequest, "Ecs.0001"), (third.Status, third.Text("error", "code")));
    }

    [Theory]
    [InlineData("no such size", "s6.small.1", "s9.huge.1")]
    [InlineData("a processor that the image does not fit", "s6.small.1", "kc1.large.2")]
    [InlineData("a size no longer sold", "s6.small.1", "s3.large.2")]
    [InlineData("an unknown disk type", "GPSSD", "FLOPPY")]
    [InlineData("a disk smaller than the image", "\"size\":40", "\"size\":5")]
    [InlineData("no card", "\"nics\":[{", "\"cards\":[{")]
    public async Task Refuses_at_once(string because, string good, string bad)
    {
        await using var lab = await Lab.StartAsync();

        var refused = await lab.PostAsync(Servers, lab.Order("vm").Replace(good, bad, StringComparison.Ordinal));

        Assert.True(refused.Status == HttpStatusCode.BadRequest, because);
        Assert.StartsWith("Ecs.", refused.Text("error", "code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_is_off_before_it_is_resized_unless_the_call_may_stop_it()
    {
        await using var lab = await Lab.StartAsync();
        var server = $"{Servers}/{await lab.ServerAsync("vm")}";

        var refused = await lab.PostAsync($"{server}/resize", """{"resize":{"flavorRef":"s6.large.2"}}""");
        await lab.PostAsync($"{server}/resize", """{"resize":{"flavorRef":"s6.large.2","mode":"withStopServer"}}""");
        lab.Pass(5);
        var during = await lab.GetAsync(server);
        lab.Pass(5);
        var after = await lab.GetAsync(server);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("RESIZE", during.Text("server", "status"));
        Assert.Equal(("ACTIVE", "2"), (after.Text("server", "status"), after.Text("server", "flavor", "vcpus")));
    }

    [Fact]
    public async Task Power_in_a_wrong_state_is_told_by_the_job_only()
    {
        await using var lab = await Lab.StartAsync();
        var id = await lab.ServerAsync("vm");

        var taken = await lab.PostAsync($"{Servers}/action", $$$"""{"os-start":{"servers":[{"id":"{{{id}}}"}]}}""");
        lab.Pass(10);
        var job = await lab.GetAsync($"/v1/{{p}}/jobs/{taken.Text("job_id")}");

        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Equal("FAIL", job.Text("status"));
        Assert.Equal("ACTIVE", (await lab.GetAsync($"{Servers}/{id}")).Text("server", "status"));
    }

    [Theory]
    [InlineData("only the system disk goes", false, false, 1, 1)]
    [InlineData("the address too", true, false, 1, 0)]
    [InlineData("the data disk too", false, true, 0, 1)]
    public async Task Deleting_takes_what_was_asked_for(
        string because,
        bool address,
        bool disks,
        int left,
        int addresses
    )
    {
        await using var lab = await Lab.StartAsync();
        var id = await lab.ServerAsync(
            "vm",
            """
            ,"data_volumes":[{"volumetype":"SSD","size":10}],"publicip":{"eip":{"iptype":"5_bgp","bandwidth":{"size":5,
            "sharetype":"PER","chargemode":"bandwidth"}}}
            """
        );
        Assert.Equal((2, 1), (lab.Simulator.Volumes, lab.Simulator.Addresses));

        await lab.PostAsync(
            $"{Servers}/delete",
            $$"""
            {"servers":[{"id":"{{id}}"}],"delete_publicip":{{(address ? "true" : "false")}},
            "delete_volume":{{(disks ? "true" : "false")}}}
            """
        );
        lab.Pass(10);

        Assert.True(
            (0, left, addresses) == (lab.Simulator.Servers, lab.Simulator.Volumes, lab.Simulator.Addresses),
            because
        );
    }

    [Fact]
    public async Task The_console_opens_on_a_running_server_only()
    {
        await using var lab = await Lab.StartAsync();
        var id = await lab.ServerAsync("vm");
        const string Order = """{"remote_console":{"protocol":"vnc","type":"novnc"}}""";

        var open = await lab.PostAsync($"{Servers}/{id}/remote_console", Order);
        await lab.PostAsync($"{Servers}/action", $$$"""{"os-stop":{"type":"HARD","servers":[{"id":"{{{id}}}"}]}}""");
        lab.Pass(10);
        var closed = await lab.PostAsync($"{Servers}/{id}/remote_console", Order);

        Assert.StartsWith(
            lab.Simulator.BaseUrl.ToString(),
            open.Text("remote_console", "url"),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Conflict, closed.Status);
    }

    [Fact]
    public async Task Tags_are_set_listed_searched_and_removed()
    {
        await using var lab = await Lab.StartAsync();
        var id = await lab.ServerAsync("vm", ""","server_tags":[{"key":"a","value":"1"}]""");
        await lab.PostAsync($"{Servers}/{id}/tags/action", """{"action":"create","tags":[{"key":"b","value":"2"}]}""");

        var shown = await lab.GetAsync($"{Servers}/{id}");
        var found = await lab.PostAsync(
            $"{Servers}/resource_instances/action",
            """{"action":"filter","tags":[{"key":"b","values":["2"]}],"limit":10,"offset":0}"""
        );
        await lab.PostAsync($"{Servers}/{id}/tags/action", """{"action":"delete","tags":[{"key":"a","value":"1"}]}""");
        var left = await lab.GetAsync($"{Servers}/{id}/tags");

        Assert.Equal(["a=1", "b=2"], shown.Find("server", "tags")!.AsArray().Select(tag => tag!.ToString()));
        Assert.Equal(id, found.Text("resources", "0", "resource_id"));
        Assert.Equal("b", Assert.Single(left.Body!["tags"]!.AsArray())!["key"]!.ToString());
    }
}
