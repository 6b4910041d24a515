using System.Net;

namespace CloudManager.Labs.Huawei.Tests;

/// <summary>Volumes with jobs, volumes the Cinder way, snapshots.</summary>
public sealed class VolumeTests
{
    private const string Order =
        """{"volume":{"availability_zone":"cn-north-4a","volume_type":"SSD","size":20,"name":"d","tags":{"k":"v"}}}""";

    [Fact]
    public async Task A_volume_is_not_to_be_seen_before_its_job_has_begun()
    {
        await using var lab = await Lab.StartAsync();
        var made = await lab.PostAsync("/v2.1/{p}/cloudvolumes", Order, ("X-Client-Token", "t"));
        var again = await lab.PostAsync("/v2.1/{p}/cloudvolumes", Order, ("X-Client-Token", "t"));
        var path = $"/v2/{{p}}/cloudvolumes/{made.Text("volume_ids", "0")}";

        var before = await lab.GetAsync(path);
        lab.Pass(2);
        var during = await lab.GetAsync(path);
        lab.Pass(8);
        var after = await lab.GetAsync(path);

        Assert.Equal(made.Text("job_id"), again.Text("job_id"));
        Assert.Equal(HttpStatusCode.NotFound, before.Status);
        Assert.Equal("creating", during.Text("volume", "status"));
        Assert.Equal(("available", "v"), (after.Text("volume", "status"), after.Text("volume", "tags", "k")));
        Assert.Equal("false", after.Text("volume", "bootable"));
        Assert.Equal(1, lab.Simulator.Volumes);
    }

    [Fact]
    public async Task Attached_it_is_in_use_and_cannot_be_deleted()
    {
        await using var lab = await Lab.StartAsync();
        var (server, volume) = await AttachedAsync(lab);

        var refused = await lab.SendAsync("DELETE", $"/v2/{{p}}/cloudvolumes/{volume}");
        var shown = await lab.GetAsync($"/v2/{{p}}/cloudvolumes/{volume}");
        await lab.SendAsync("DELETE", $"/v1/{{p}}/cloudservers/{server}/detachvolume/{volume}?delete_flag=0");
        lab.Pass(10);
        var free = await lab.SendAsync("DELETE", $"/v2/{{p}}/cloudvolumes/{volume}");
        lab.Pass(10);

        Assert.Equal((HttpStatusCode.BadRequest, "EVS.5400"), (refused.Status, refused.Text("error", "code")));
        Assert.Equal(
            (server, "in-use"),
            (shown.Text("volume", "attachments", "0", "server_id"), shown.Text("volume", "status"))
        );
        Assert.Equal(HttpStatusCode.Accepted, free.Status);
        Assert.Equal(1, lab.Simulator.Volumes);
    }

    [Fact]
    public async Task Attaching_what_is_gone_is_told_with_another_services_fault_inside()
    {
        await using var lab = await Lab.StartAsync();
        var server = await lab.ServerAsync("vm");

        var refused = await lab.PostAsync(
            $"/v1/{{p}}/cloudservers/{server}/attachvolume",
            """{"volumeAttachment":{"volumeId":"gone"}}"""
        );

        Assert.Equal("Ecs.1000", refused.Text("error", "code"));
        Assert.Contains("itemNotFound", refused.Text("error", "message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it never shrinks", 10, false)]
    [InlineData("it is that large", 20, false)]
    [InlineData("it grows", 30, true)]
    public async Task Grows_only(string because, int size, bool good)
    {
        await using var lab = await Lab.StartAsync();
        var (_, volume) = await AttachedAsync(lab);

        var answer = await lab.PostAsync(
            $"/v2.1/{{p}}/cloudvolumes/{volume}/action",
            $$$"""{"os-extend":{"new_size":{{{size}}}}}"""
        );
        lab.Pass(10);
        var shown = await lab.GetAsync($"/v2/{{p}}/cloudvolumes/{volume}");

        Assert.True((answer.Status == HttpStatusCode.Accepted) == good, because);
        Assert.Equal((good ? size : 20).ToString(), shown.Text("volume", "size"));
        Assert.Equal("in-use", shown.Text("volume", "status"));
    }

    [Fact]
    public async Task The_cinder_way_answers_with_the_volume_and_no_job()
    {
        await using var lab = await Lab.StartAsync();
        var made = await lab.PostAsync(
            "/v2/{p}/volumes",
            """{"volume":{"size":20,"name":"d","metadata":{"cloudmanager-key":"k"}}}"""
        );
        var path = $"/v2/{{p}}/volumes/{made.Text("volume", "id")}";
        lab.Pass(10);
        var ready = await lab.GetAsync(path);
        var found = await lab.GetAsync("/v2/{p}/volumes/detail?metadata=%7B%27cloudmanager-key%27%3A%27k%27%7D");
        await lab.PostAsync($"{path}/action", """{"os-extend":{"new_size":40}}""");
        lab.Pass(10);
        var grown = await lab.GetAsync(path);
        await lab.SendAsync("DELETE", path);
        lab.Pass(10);
        var gone = await lab.GetAsync(path);

        Assert.Null(made.Find("job_id"));
        Assert.Equal("available", ready.Text("volume", "status"));
        Assert.Single(found.Body!["volumes"]!.AsArray());
        Assert.Equal("40", grown.Text("volume", "size"));
        Assert.Equal("404", gone.Text("itemNotFound", "code"));
    }

    [Fact]
    public async Task A_snapshot_of_a_volume_in_use_needs_force_and_holds_its_volume()
    {
        await using var lab = await Lab.StartAsync();
        var (server, volume) = await AttachedAsync(lab);
        string Snapshot(string more) => $$$"""{"snapshot":{"volume_id":"{{{volume}}}","name":"s"{{{more}}}}}""";

        var refused = await lab.PostAsync("/v2/{p}/cloudsnapshots", Snapshot(""));
        var made = await lab.PostAsync("/v2/{p}/cloudsnapshots", Snapshot(",\"force\":true"));
        var path = $"/v2/{{p}}/cloudsnapshots/{made.Text("snapshot", "id")}";
        lab.Pass(5);
        var ready = await lab.GetAsync(path);
        await lab.SendAsync("DELETE", $"/v1/{{p}}/cloudservers/{server}/detachvolume/{volume}");
        lab.Pass(10);
        var held = await lab.SendAsync("DELETE", $"/v2/{{p}}/cloudvolumes/{volume}");
        await lab.SendAsync("DELETE", path);
        lab.Pass(5);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(("creating", "available"), (made.Text("snapshot", "status"), ready.Text("snapshot", "status")));
        Assert.Equal(HttpStatusCode.BadRequest, held.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lab.GetAsync(path)).Status);
    }

    [Fact]
    public async Task The_quota_is_shown_and_can_be_used_up()
    {
        await using var lab = await Lab.StartAsync(options => options.Quotas = new() { Gigabytes = 30 });
        await lab.PostAsync("/v2.1/{p}/cloudvolumes", Order);
        lab.Pass(10);

        var second = await lab.PostAsync("/v2.1/{p}/cloudvolumes", Order);
        var quota = await lab.GetAsync("/v2/{p}/os-quota-sets/{p}?usage=True");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, second.Status);
        Assert.Equal("30", quota.Text("quota_set", "gigabytes", "limit"));
        Assert.Equal("20", quota.Text("quota_set", "gigabytes", "in_use"));
    }

    [Fact]
    public async Task A_failed_job_leaves_no_volume()
    {
        await using var lab = await Lab.StartAsync();
        lab.Simulator.FailJobs("createVolume", 1, "EVS.2024", "no room");

        var made = await lab.PostAsync("/v2.1/{p}/cloudvolumes", Order);
        lab.Pass(10);
        var job = await lab.GetAsync($"/v1/{{p}}/jobs/{made.Text("job_id")}");

        Assert.Equal(("FAIL", "EVS.2024"), (job.Text("status"), job.Text("error_code")));
        Assert.Equal(made.Text("volume_ids", "0"), job.Text("entities", "volume_id"));
        Assert.Equal(0, lab.Simulator.Volumes);
    }

    private static async Task<(string Server, string Volume)> AttachedAsync(Lab lab)
    {
        var server = await lab.ServerAsync("vm");
        var made = await lab.PostAsync("/v2.1/{p}/cloudvolumes", Order);
        var volume = made.Text("volume_ids", "0");
        lab.Pass(10);
        await lab.PostAsync(
            $"/v1/{{p}}/cloudservers/{server}/attachvolume",
            $$$"""{"volumeAttachment":{"volumeId":"{{{volume}}}"}}"""
        );
        lab.Pass(10);
        return (server, volume);
    }
}
