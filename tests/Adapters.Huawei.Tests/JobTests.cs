using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>What a job says of a create becomes a server, a failure in its words, or "look for it by its key".</summary>
public sealed class JobTests
{
    private const string P = ScriptedCloud.Project;
    private const string Job = $"GET /v1/{P}/jobs/{Recorded.JobId}";
    private const string Create = $"POST /v1/{P}/cloudservers";
    private const string Show = $"GET /v1/{P}/cloudservers/{Recorded.ServerId}";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationKey Key = new("cm-1-1");

    [Fact]
    public async Task A_server_that_is_seen_at_once_is_answered_at_once()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Show, Recorded.Ok($$$"""{"server": {{{Recorded.Server("BUILD")}}}}"""));

        var server = await cloud.Adapter.Servers!.CreateAsync(WireFaultTests.Spec, Key, None);

        Assert.Equal((CloudState.Pending, Key), (server.State, server.Key!.Value));
        var create = Assert.Single(cloud.Sent(Create));
        Assert.Equal("cm-1-1", create.Headers["X-Client-Token"]);
        Assert.Contains(
            "\"server_tags\":[{\"key\":\"cloudmanager-key\",\"value\":\"cm-1-1\"}]",
            create.Body,
            StringComparison.Ordinal
        );
        Assert.Contains($"\"vpcid\":\"{Recorded.VpcId}\"", create.Body, StringComparison.Ordinal);
        Assert.Contains($"\"nics\":[{{\"subnet_id\":\"{Recorded.SubnetId}\"}}]", create.Body, StringComparison.Ordinal);
        Assert.Contains(
            "\"root_volume\":{\"volumetype\":\"GPSSD\",\"size\":40}",
            create.Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_whose_id_only_the_job_knows_is_found_there()
    {
        await using var cloud = new ScriptedCloud(
            address => ScriptedCloud.Settings(address, serverCreate: "v1.1"),
            TimeProvider.System
        );
        cloud.Always($"POST /v1.1/{P}/cloudservers", Recorded.Ok($$"""{"job_id": "{{Recorded.JobId}}"}"""));
        cloud.Once(Job, Recorded.Ok("""{"status": "INIT", "entities": null}"""));
        cloud.Always(
            Job,
            Recorded.Ok(
                $$$"""{"status": "RUNNING", "entities": {"sub_jobs_total": 1, "sub_jobs": [{"status": "RUNNING", "entities": {"server_id": "{{{Recorded.ServerId}}}"}}]}}"""
            )
        );

        var server = await cloud.Adapter.Servers!.CreateAsync(WireFaultTests.Spec, Key, None);

        Assert.Equal(Recorded.ServerId, server.Id.Value);
        Assert.Contains(
            "\"chargingMode\":\"postPaid\"",
            cloud.Sent($"POST /v1.1/{P}/cloudservers")[0].Body,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("sold out", "Ecs.0319", FailureKind.NoCapacity)]
    [InlineData("the quota", "Ecs.0001", FailureKind.QuotaExceeded)]
    [InlineData("one that nobody knows", "Ecs.9999", FailureKind.InvalidRequest)]
    public async Task A_failed_job_is_told_in_its_own_words(string because, string code, FailureKind kind)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(
            Job,
            Recorded.Ok(
                $$$"""{"status": "FAIL", "error_code": "Ecs.0000", "fail_reason": "one failed", "entities": {"sub_jobs": [{"status": "FAIL", "error_code": "{{{code}}}", "fail_reason": "no host has room", "entities": {}}]}}"""
            )
        );

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Servers!.CreateAsync(WireFaultTests.Spec, Key, None)
        );

        Assert.True(kind == failure.Kind, because);
        Assert.Equal(code, failure.ProviderCode);
        Assert.Contains("no host has room", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_show_itself_is_left_to_its_key()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Show, new WireAnswer(404, """{"error": {"code": "Ecs.0114", "message": "not yet"}}"""));
        var create = cloud.Adapter.Servers!.CreateAsync(WireFaultTests.Spec, Key, None);

        while (!create.IsCompleted)
        {
            cloud.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var failure = await Assert.ThrowsAsync<AdapterException>(() => create);
        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Single(cloud.Sent(Create));
    }

    [Fact]
    public async Task A_server_that_vanishes_when_its_job_fails_is_shown_with_the_jobs_reason()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Once(Show, Recorded.Ok($$$"""{"server": {{{Recorded.Server("BUILD")}}}}"""));
        var made = await cloud.Adapter.Servers!.CreateAsync(WireFaultTests.Spec, Key, None);
        cloud.Always(Show, new WireAnswer(404, """{"error": {"code": "Ecs.0114", "message": "gone"}}"""));
        cloud.Always(
            Job,
            Recorded.Ok("""{"status": "FAIL", "error_code": "Ecs.0319", "fail_reason": "no host has room"}""")
        );

        var server = await cloud.Adapter.Servers.GetAsync(made.Id, None);

        Assert.Equal(CloudState.Error, server.State);
        Assert.Contains("no host has room", server.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_found_by_its_key_is_not_made_again()
    {
        await using var cloud = new ScriptedCloud();
        var tagged = Recorded.Server(tag: "cloudmanager-key=cm-1-1");
        cloud.Always($"GET /v1/{P}/cloudservers/detail", Recorded.Ok($$$"""{"count": 1, "servers": [{{{tagged}}}]}"""));

        var server = await cloud.Adapter.Servers!.CreateAsync(WireFaultTests.Spec, Key, None);

        Assert.Equal((Recorded.ServerId, Key), (server.Id.Value, server.Key!.Value));
        Assert.Empty(cloud.Sent(Create));
        Assert.Contains(
            "tags=cloudmanager-key%3Dcm-1-1",
            cloud.Sent($"GET /v1/{P}/cloudservers/detail")[0].Target,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("cloudmanager-key=cm-9", "cm-9")]
    [InlineData("cloudmanager-key.cm-9", "cm-9")]
    [InlineData("owner=cm-9", null)]
    [InlineData("cloudmanager-key=not a key", null)]
    public async Task The_key_is_read_from_both_forms_of_tags(string tag, string? key)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Show, Recorded.Ok($$$"""{"server": {{{Recorded.Server(tag: tag)}}}}"""));

        var server = await cloud.Adapter.Servers!.GetAsync(new NativeId(Recorded.ServerId), None);

        Assert.Equal(key, server.Key?.Value);
        Assert.Equal(new ServerSize(2, 4), server.Size);
        Assert.Equal(["192.168.0.7"], server.Addresses);
    }
}
