using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>Power, sizes, screens and disks: what is so already is success, what the state does not allow a conflict.</summary>
public sealed class ServerTests
{
    private const string P = ScriptedCloud.Project;
    private const string Show = $"GET /v1/{P}/cloudservers/{Recorded.ServerId}";
    private const string Action = $"POST /v1/{P}/cloudservers/action";
    private const string Resize = $"POST /v1/{P}/cloudservers/{Recorded.ServerId}/resize";
    private const string Job = $"GET /v1/{P}/jobs/{Recorded.JobId}";
    private const string Volume = $"GET /v2/{P}/cloudvolumes/{Recorded.VolumeId}";
    private const string Attach = $"POST /v1/{P}/cloudservers/{Recorded.ServerId}/attachvolume";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly NativeId Id = new(Recorded.ServerId);
    private static readonly NativeId Disk = new(Recorded.VolumeId);
    private static readonly WireAnswer Started = Recorded.Ok($$"""{"job_id": "{{Recorded.JobId}}"}""");
    private static readonly WireAnswer Refused = new(400, """{"error": {"code": "Ecs.0107", "message": "not now"}}""");

    [Fact]
    public async Task Power_goes_the_guests_way_and_only_where_it_changes_something()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Action, Started);
        cloud.Always(Show, Server("SHUTOFF"));
        await cloud.Adapter.Power!.StopAsync(Id, None);
        await cloud.Adapter.Power.StartAsync(Id, None);
        cloud.Always(Show, Server("ACTIVE"));
        await cloud.Adapter.Power.StartAsync(Id, None);
        await cloud.Adapter.Power.StopAsync(Id, None);
        await cloud.Adapter.Power.RebootAsync(Id, None);

        Assert.Equal(
            [
                $$$"""{"os-start":{"servers":[{"id":"{{{Recorded.ServerId}}}"}]}}""",
                $$$"""{"os-stop":{"servers":[{"id":"{{{Recorded.ServerId}}}"}],"type":"SOFT"}}""",
                $$$"""{"reboot":{"servers":[{"id":"{{{Recorded.ServerId}}}"}],"type":"SOFT"}}""",
            ],
            cloud.Sent(Action).Select(call => call.Body)
        );
    }

    [Fact]
    public async Task A_power_call_that_only_its_job_refuses_is_a_conflict()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Action, Started);
        cloud.Always(
            Job,
            Recorded.Ok("""{"status": "FAIL", "error_code": "Ecs.0000", "fail_reason": "status does not allow this"}""")
        );

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.Power!.StopAsync(Id, None));

        Assert.Equal((FailureKind.Conflict, "Ecs.0000"), (failure.Kind, failure.ProviderCode));
    }

    [Theory]
    [InlineData("it restarts", "REBOOT")]
    [InlineData("it changes its size", "RESIZE")]
    public async Task A_server_at_work_is_left_alone(string because, string status)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Show, Server(status));

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.Power!.StopAsync(Id, None));

        Assert.True(failure.Kind == FailureKind.Conflict, because);
        Assert.Empty(cloud.Sent(Action));
    }

    [Fact]
    public async Task A_running_server_is_not_resized()
    {
        await using var cloud = Flavours(new ScriptedCloud());

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Resizing!.ResizeAsync(Id, "s6.xlarge.2", new ServerSize(4, 8), None)
        );

        Assert.True(cloud.Adapter.Info.Limits.ResizeNeedsStop);
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.Empty(cloud.Sent(Resize));
    }

    [Fact]
    public async Task A_resize_under_way_or_done_is_not_asked_for_again()
    {
        await using var cloud = Flavours(new ScriptedCloud());
        cloud.Always(Resize, Started).Always(Show, Server("SHUTOFF"));
        var resizing = cloud.Adapter.Resizing!;
        await resizing.ResizeAsync(Id, "s6.xlarge.2", new ServerSize(4, 8), None);
        await resizing.ResizeAsync(Id, "s6.xlarge.2", new ServerSize(4, 8), None);
        cloud.Always(Job, Recorded.Ok("""{"status": "SUCCESS"}"""));
        cloud.Always(Show, Server("SHUTOFF", "s6.xlarge.2"));
        await resizing.ResizeAsync(Id, "s6.xlarge.2", new ServerSize(4, 8), None);

        Assert.Equal("""{"resize":{"flavorRef":"s6.xlarge.2"}}""", Assert.Single(cloud.Sent(Resize)).Body);
    }

    [Fact]
    public async Task A_resize_that_fails_is_told_with_the_server_as_it_was()
    {
        await using var cloud = Flavours(new ScriptedCloud());
        cloud.Always(Resize, Started).Always(Show, Server("SHUTOFF"));
        await cloud.Adapter.Resizing!.ResizeAsync(Id, "s6.xlarge.2", new ServerSize(4, 8), None);
        cloud.Always(
            Job,
            Recorded.Ok("""{"status": "FAIL", "error_code": "Ecs.0319", "fail_reason": "no host has room"}""")
        );

        var server = await cloud.Adapter.Servers!.GetAsync(Id, None);

        Assert.Equal((CloudState.Stopped, new ServerSize(2, 4)), (server.State, server.Size));
        Assert.Contains("no host has room", server.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_size_is_refused_with_the_nearest()
    {
        await using var cloud = new ScriptedCloud();

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Servers!.CreateAsync(
                WireFaultTests.Spec with
                {
                    Flavour = "x9",
                },
                new OperationKey("cm-1"),
                None
            )
        );

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("s6.large.2 (2 vCPU, 4 GiB)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ACTIVE", FailureKind.Unsupported)]
    [InlineData("SHUTOFF", FailureKind.Conflict)]
    public async Task A_console_that_does_not_open_is_explained_by_the_servers_state(string status, FailureKind kind)
    {
        await using var cloud = new ScriptedCloud();
        cloud
            .Always(Show, Server(status))
            .Always($"POST /v1/{P}/cloudservers/{Recorded.ServerId}/remote_console", Refused);

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.Console!.OpenAsync(Id, None));

        Assert.Equal(kind, failure.Kind);
    }

    [Theory]
    [InlineData("free", "", 1, null)]
    [InlineData("there already", Recorded.ServerId, 0, null)]
    [InlineData("at another", "other", 0, FailureKind.Conflict)]
    public async Task A_volume_is_attached_where_it_is_free(string because, string holder, int calls, FailureKind? kind)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Attach, Started);
        cloud.Always(Volume, Recorded.Ok(Held(holder)));

        var failure = await Record.ExceptionAsync(() => cloud.Adapter.Attachment!.AttachAsync(Disk, Id, None));

        Assert.True(kind == (failure as AdapterException)?.Kind, because);
        Assert.Equal(calls, cloud.Sent(Attach).Count);
    }

    [Theory]
    [InlineData("smaller", 9, 0, FailureKind.InvalidRequest)]
    [InlineData("as it is", 10, 0, null)]
    [InlineData("larger", 20, 1, null)]
    public async Task A_volume_grows_and_never_shrinks(string because, int size, int calls, FailureKind? kind)
    {
        await using var cloud = new ScriptedCloud();
        const string Extend = $"POST /v2.1/{P}/cloudvolumes/{Recorded.VolumeId}/action";
        cloud.Always(Volume, Recorded.Ok(Held(""))).Always(Extend, Started);

        var failure = await Record.ExceptionAsync(() => cloud.Adapter.Volumes!.ExtendAsync(Disk, size, None));

        Assert.True(kind == (failure as AdapterException)?.Kind, because);
        Assert.Equal(calls, cloud.Sent(Extend).Count);
    }

    [Theory]
    [InlineData("jobs", "v2.1", "cloudvolumes", "\"tags\":{\"cloudmanager-key\":\"cm-1\"}", true)]
    [InlineData("cinder", "v2", "volumes", "\"metadata\":{\"cloudmanager_key\":\"cm-1\"}", false)]
    public async Task A_volumes_key_goes_where_the_cloud_keeps_it(
        string style,
        string version,
        string volumes,
        string key,
        bool hasToken
    )
    {
        await using var cloud = new ScriptedCloud(address => ScriptedCloud.Settings(address, evsStyle: style));
        var create = $"POST /{version}/{P}/{volumes}";
        cloud.Always($"GET /v2/{P}/{volumes}/detail", Recorded.Ok("""{"count": 0, "volumes": []}"""));
        cloud.Always(Volume, Recorded.Ok(Held("")));
        cloud.Always(
            create,
            Recorded.Ok(
                hasToken ? $$"""{"job_id": "{{Recorded.JobId}}", "volume_ids": ["{{Recorded.VolumeId}}"]}""" : Held("")
            )
        );

        var made = await cloud.Adapter.Volumes!.CreateAsync(
            new VolumeSpec("数据盘", 10, "SSD"),
            new OperationKey("cm-1"),
            None
        );

        var sent = Assert.Single(cloud.Sent(create));
        Assert.Equal((Disk, "cm-1", "数据盘"), (made.Id, made.Key!.Value.Value, made.Name));
        Assert.Contains(key, sent.Body, StringComparison.Ordinal);
        Assert.Equal(hasToken, sent.Headers.ContainsKey("X-Client-Token"));
        Assert.Equal(hasToken, cloud.Adapter.Info.Limits.CreateIsIdempotent);
    }

    [Fact]
    public async Task What_is_missing_is_told_with_its_reason()
    {
        await using var cloud = new ScriptedCloud();

        Assert.Null(cloud.Adapter.Changes);
        Assert.Contains(cloud.Adapter.Info.Notes, note => note.Capability == "changes" && note.Reason.Contains('/'));
    }

    [Fact]
    public async Task The_quota_is_the_capacity_and_no_bound_is_no_number()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(
            $"GET /v2/{P}/os-quota-sets/{P}",
            Recorded.Ok(
                """{"quota_set": {"gigabytes": {"limit": -1, "in_use": 120, "reserved": 3}, "volumes": {"limit": 5, "in_use": 1, "reserved": 0}}}"""
            )
        );

        Assert.Equal(new PoolCapacity(800, 12, 1600, 24, null, 123), await cloud.Adapter.Capacity!.GetAsync(None));
    }

    private static ScriptedCloud Flavours(ScriptedCloud cloud) =>
        cloud.Always(
            $"GET /v1/{P}/cloudservers/flavors",
            Recorded.Ok(
                """{"flavors": [{"id": "s6.large.2", "name": "s6.large.2", "vcpus": "2", "ram": 4096}, {"id": "s6.xlarge.2", "name": "s6.xlarge.2", "vcpus": "4", "ram": 8192}]}"""
            )
        );

    private static WireAnswer Server(string status, string flavour = "s6.large.2") =>
        Recorded.Ok($$$"""{"server": {{{Recorded.Server(status, flavour)}}}}""");

    private static string Held(string holder)
    {
        var attachment = holder.Length == 0 ? "" : $$"""{"server_id": "{{holder}}", "device": "/dev/vdb"}""";
        return $$$"""{"volume": {{{Recorded.Volume(holder.Length == 0 ? "available" : "in-use", attachments: attachment)}}}}""";
    }
}
