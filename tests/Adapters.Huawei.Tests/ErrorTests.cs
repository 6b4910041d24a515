using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>Every envelope that errors come in is read, and codes that say more than their status are believed.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData(
        "the gateway",
        400,
        """{"error_code": "APIGW.0201", "error_msg": "bad", "request_id": "r"}""",
        FailureKind.InvalidRequest,
        "APIGW.0201"
    )]
    [InlineData(
        "an older gateway",
        429,
        """{"error_code": "APIG.0308", "error_msg": "slow"}""",
        FailureKind.Throttled,
        "APIG.0308"
    )]
    [InlineData(
        "an API that is not there is no missing thing",
        404,
        """{"error_code": "APIGW.0101", "error_msg": "no API"}""",
        FailureKind.Unsupported,
        "APIGW.0101"
    )]
    [InlineData(
        "ECS",
        400,
        """{"error": {"code": "Ecs.0005", "message": "bad"}}""",
        FailureKind.InvalidRequest,
        "Ecs.0005"
    )]
    [InlineData(
        "ECS, no right",
        403,
        """{"error": {"code": "Ecs.0003", "message": "no"}}""",
        FailureKind.Forbidden,
        "Ecs.0003"
    )]
    [InlineData(
        "ECS, the quota",
        403,
        """{"error": {"code": "Ecs.0001", "message": "quota"}}""",
        FailureKind.QuotaExceeded,
        "Ecs.0001"
    )]
    [InlineData(
        "ECS, missing with 400",
        400,
        """{"error": {"code": "Ecs.0114", "message": "gone"}}""",
        FailureKind.NotFound,
        "Ecs.0114"
    )]
    [InlineData(
        "ECS, missing with 400",
        400,
        """{"error": {"code": "Ecs.0614", "message": "gone"}}""",
        FailureKind.NotFound,
        "Ecs.0614"
    )]
    [InlineData(
        "ECS, Cinder's word inside",
        400,
        """{"error": {"code": "Ecs.1000", "message": "{\"itemNotFound\": {\"code\": 404}}"}}""",
        FailureKind.NotFound,
        "Ecs.1000"
    )]
    [InlineData(
        "ECS, another of that code",
        400,
        """{"error": {"code": "Ecs.1000", "message": "busy"}}""",
        FailureKind.InvalidRequest,
        "Ecs.1000"
    )]
    [InlineData(
        "ECS, a batch",
        400,
        """{"error": {"code": "Ecs.0110", "message": "some failed"}, "internalError": [{"code": "Ecs.0101", "message": "x"}]}""",
        FailureKind.InvalidRequest,
        "Ecs.0110"
    )]
    [InlineData("a job", 400, """{"code": "Common.0011", "message": "no job"}""", FailureKind.NotFound, "Common.0011")]
    [InlineData("EVS", 404, """{"error": {"code": "EVS.5404", "message": "gone"}}""", FailureKind.NotFound, "EVS.5404")]
    [InlineData("VPC v1", 400, """{"code": "VPC.0002", "message": "bad"}""", FailureKind.InvalidRequest, "VPC.0002")]
    [InlineData(
        "VPC v1, missing with 400",
        400,
        """{"code": "VPC.0012", "message": "gone"}""",
        FailureKind.NotFound,
        "VPC.0012"
    )]
    [InlineData(
        "EIP v1, missing",
        404,
        """{"code": "VPC.0504", "message": "gone"}""",
        FailureKind.NotFound,
        "VPC.0504"
    )]
    [InlineData(
        "IMS, missing with 400",
        400,
        """{"error": {"code": "IMG.0027", "message": "gone"}}""",
        FailureKind.NotFound,
        "IMG.0027"
    )]
    [InlineData(
        "CES",
        403,
        """{"http_code": "403", "message": {"details": "no", "code": "ces.0014"}, "encoded_authorization_message": null}""",
        FailureKind.Forbidden,
        "ces.0014"
    )]
    [InlineData(
        "CES of old",
        400,
        """{"code": 400, "element": "Bad Request", "message": "bad", "details": {"details": "worse", "code": "ces.0014"}}""",
        FailureKind.InvalidRequest,
        "ces.0014"
    )]
    [InlineData(
        "IAM",
        403,
        """{"error": {"code": 403, "message": "no", "title": "Forbidden"}}""",
        FailureKind.Forbidden,
        "403"
    )]
    [InlineData(
        "IAM v3.0",
        400,
        """{"error_msg": "bad", "error_code": "IAM.0006"}""",
        FailureKind.InvalidRequest,
        "IAM.0006"
    )]
    [InlineData(
        "Nova's own",
        404,
        """{"itemNotFound": {"code": 404, "message": "gone"}}""",
        FailureKind.NotFound,
        "itemNotFound"
    )]
    [InlineData(
        "Nova's own",
        409,
        """{"conflictingRequest": {"code": 409, "message": "busy"}}""",
        FailureKind.Conflict,
        "conflictingRequest"
    )]
    [InlineData(
        "Nova's own",
        403,
        """{"forbidden": {"code": 403, "message": "no"}}""",
        FailureKind.Forbidden,
        "forbidden"
    )]
    [InlineData(
        "Neutron's own",
        409,
        """{"NeutronError": {"type": "OverQuota", "message": "full", "detail": ""}}""",
        FailureKind.QuotaExceeded,
        "OverQuota"
    )]
    [InlineData(
        "Neutron's own",
        409,
        """{"NeutronError": {"type": "SubnetInUse", "message": "used", "detail": ""}}""",
        FailureKind.Conflict,
        "SubnetInUse"
    )]
    [InlineData(
        "one we never heard of, deep inside",
        400,
        """{"fault": {"inner": {"error_code": "X.1", "error_msg": "odd"}}}""",
        FailureKind.InvalidRequest,
        "X.1"
    )]
    [InlineData("nothing", 400, "", FailureKind.InvalidRequest, "HTTP 400")]
    [InlineData("a list", 500, "[]", FailureKind.Unavailable, "HTTP 500")]
    [InlineData(
        "a code of a 5xx is no promise",
        503,
        """{"error": {"code": "Ecs.0114", "message": "gone?"}}""",
        FailureKind.Unavailable,
        "Ecs.0114"
    )]
    public async Task An_error_has_its_kind_and_the_clouds_own_code(
        string because,
        int status,
        string body,
        FailureKind kind,
        string code
    )
    {
        await using var cloud = new ScriptedCloud();
        var call = $"GET /v1/{ScriptedCloud.Project}/cloudservers/{Recorded.ServerId}";
        cloud.Always(call, new WireAnswer(status, body));

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Servers!.GetAsync(new NativeId(Recorded.ServerId), CancellationToken.None)
        );

        Assert.True(kind == failure.Kind, $"{because}: {failure.Kind}: {failure.Message}");
        Assert.Equal(code, failure.ProviderCode);
        Assert.Equal(ScriptedCloud.RequestId, failure.ProviderRequestId);
    }

    [Theory]
    [InlineData("no project", """{"projects": []}""", "no project 'cn-north-4'")]
    [InlineData(
        "only of a similar name",
        """{"projects": [{"id": "a", "name": "cn-north-4_gov"}]}""",
        "no project 'cn-north-4'"
    )]
    [InlineData(
        "disabled",
        """{"projects": [{"id": "a", "name": "cn-north-4", "enabled": false}]}""",
        "no project 'cn-north-4'"
    )]
    [InlineData(
        "several",
        """{"projects": [{"id": "a", "name": "cn-north-4"}, {"id": "b", "name": "cn-north-4"}]}""",
        "2 projects 'cn-north-4' (a, b)"
    )]
    public async Task A_project_that_is_not_one_is_asked_for(string because, string answer, string words)
    {
        await using var cloud = new ScriptedCloud(address => ScriptedCloud.Settings(address, projectId: null));
        cloud.Always("GET /v3/projects", Recorded.Ok(answer));

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.CheckAsync(CancellationToken.None)
        );

        Assert.True(failure.Kind == FailureKind.InvalidRequest, because);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_is_looked_up_once_and_goes_with_every_other_call()
    {
        await using var cloud = new ScriptedCloud(address =>
            ScriptedCloud.Settings(address, projectId: null, projectName: "cn-north-4_gov")
        );
        var body =
            $$"""{"projects": [{"id": "{{ScriptedCloud.Project}}", "name": "cn-north-4_gov", "enabled": true}]}""";
        cloud.Always("GET /v3/projects", Recorded.Ok(body));

        await cloud.Adapter.CheckAsync(CancellationToken.None);
        await cloud.Adapter.CheckAsync(CancellationToken.None);

        var lookUp = Assert.Single(cloud.Sent("GET /v3/projects"));
        Assert.Equal("/v3/projects?name=cn-north-4_gov", lookUp.Target);
        Assert.False(lookUp.Headers.ContainsKey("X-Project-Id"));
        Assert.All(
            cloud.Calls.Where(call => call != lookUp),
            call => Assert.Equal(ScriptedCloud.Project, call.Headers["X-Project-Id"])
        );
    }
}
