using System.Net;

namespace CloudManager.Labs.Huawei.Tests;

/// <summary>What stands before every service: signatures, tokens, projects, throttling, unknown paths.</summary>
public sealed class GatewayTests
{
    [Fact]
    public async Task Counts_what_it_verified_and_what_it_refused()
    {
        await using var lab = await Lab.StartAsync();

        var good = await lab.GetAsync("/v3/projects?name=cn-north-4");
        lab.Key = lab.Key with { SecretKey = "wrong" };
        var bad = await lab.GetAsync("/v3/projects?name=cn-north-4");

        Assert.Equal(Lab.Project, good.Text("projects", "0", "id"));
        Assert.Equal(HttpStatusCode.Unauthorized, bad.Status);
        Assert.Equal("APIGW.0301", bad.Text("error_code"));
        Assert.NotEqual(good.Header("X-IAM-Trace-Id"), bad.Header("X-IAM-Trace-Id"));
        Assert.Equal(
            (1, 1, 2),
            (lab.Simulator.SignaturesVerified, lab.Simulator.SignaturesRefused, lab.Simulator.TotalCalls)
        );
        Assert.Equal(2, lab.Simulator.Calls["GET /v3/projects"]);
    }

    [Fact]
    public async Task Five_wrong_signatures_in_a_row_lock_the_key_for_five_minutes()
    {
        await using var lab = await Lab.StartAsync();
        var right = lab.Key;
        lab.Key = right with { SecretKey = "wrong" };
        for (var i = 0; i < 5; i++)
        {
            await lab.GetAsync("/v3/regions");
        }

        lab.Key = right;
        var locked = await lab.GetAsync("/v3/regions");
        lab.Pass(301);
        var open = await lab.GetAsync("/v3/regions");

        Assert.Equal(HttpStatusCode.Unauthorized, locked.Status);
        Assert.Contains("locked", locked.Text("error_msg"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, open.Status);
    }

    [Fact]
    public async Task A_token_by_password_stands_for_a_signature_for_a_day()
    {
        await using var lab = await Lab.StartAsync();
        lab.Token = "";
        var made = await lab.PostAsync("/v3/auth/tokens?nocatalog=true", Login("lab-Secret-1"));
        lab.Token = made.Header("X-Subject-Token");

        var good = await lab.GetAsync("/v1/{p}/cloudservers/limits");
        lab.Pass(24 * 3600 + 1);
        var late = await lab.GetAsync("/v1/{p}/cloudservers/limits");

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(Lab.Project, made.Text("token", "project", "id"));
        Assert.Equal(HttpStatusCode.OK, good.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, late.Status);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_as_IAM_refuses()
    {
        await using var lab = await Lab.StartAsync();

        var refused = await lab.PostAsync("/v3/auth/tokens", Login("wrong"));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal(401, refused.Find("error", "code")!.GetValue<int>());
        Assert.Null(refused.Header("X-Subject-Token"));
    }

    [Fact]
    public async Task A_temporary_key_needs_its_security_token_and_ends()
    {
        await using var lab = await Lab.StartAsync();
        var made = await lab.PostAsync(
            "/v3.0/OS-CREDENTIAL/securitytokens",
            """{"auth":{"identity":{"methods":["token"],"token":{"duration_seconds":900}}}}"""
        );
        lab.Key = new(made.Text("credential", "access"), made.Text("credential", "secret"));
        var token = ("X-Security-Token", made.Text("credential", "securitytoken"));

        var without = await lab.SendAsync("GET", "/v3/regions");
        var with = await lab.SendAsync("GET", "/v3/regions", null, token);
        lab.Pass(901);
        var late = await lab.SendAsync("GET", "/v3/regions", null, token);

        Assert.Equal(HttpStatusCode.Unauthorized, without.Status);
        Assert.Equal(HttpStatusCode.OK, with.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, late.Status);
    }

    [Theory]
    [InlineData("a path nobody has", "GET", "/v1/{p}/nothing", HttpStatusCode.NotFound, "APIGW.0101")]
    [InlineData("a verb nobody has", "PATCH", "/v1/{p}/cloudservers", HttpStatusCode.NotFound, "APIGW.0101")]
    [InlineData(
        "a project of somebody else",
        "GET",
        "/v1/ffffffffffffffffffffffffffffffff/vpcs",
        HttpStatusCode.BadRequest,
        "VPC.0007"
    )]
    public async Task Refuses_in_its_own_form(
        string because,
        string method,
        string path,
        HttpStatusCode status,
        string code
    )
    {
        await using var lab = await Lab.StartAsync();

        var refused = await lab.SendAsync(method, path);

        Assert.True(refused.Status == status && refused.Text("error_code") == code, because);
        Assert.Equal(refused.Header("X-Request-Id"), refused.Text("request_id"));
    }

    [Fact]
    public async Task A_header_that_names_another_project_than_the_path_is_refused()
    {
        await using var lab = await Lab.StartAsync(options => options.SubProjects.Add("edge"));
        var projects = await lab.GetAsync("/v3/projects?name=cn-north-4_edge");

        var refused = await lab.SendAsync(
            "GET",
            "/v1/{p}/vpcs",
            null,
            ("X-Project-Id", projects.Text("projects", "0", "id"))
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    [Fact]
    public async Task Every_third_call_is_throttled_where_that_was_asked_for()
    {
        await using var lab = await Lab.StartAsync(options => options.ThrottleEvery = 3);
        var answers = new List<Answer>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await lab.GetAsync("/v3/regions"));
        }

        Assert.Equal([200, 200, 429, 200, 200, 429], answers.Select(answer => (int)answer.Status));
        Assert.Equal("APIGW.0308", answers[2].Text("error_code"));
        Assert.Equal("1", answers[2].Header("Retry-After"));
    }

    [Fact]
    public async Task A_body_above_twelve_mebibytes_is_too_large()
    {
        await using var lab = await Lab.StartAsync();

        var refused = await lab.PostAsync("/v1/{p}/cloudservers", new string(' ', (12 * 1024 * 1024) + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.Status);
        Assert.Equal("APIGW.0201", refused.Text("error_code"));
    }

    [Fact]
    public async Task Work_done_behind_a_cut_connection_stays_done()
    {
        await using var lab = await Lab.StartAsync();
        await lab.PostAsync("/_lab/troubles", """{"method":"POST","path":"/vpcs","status":0,"afterWork":true}""");

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            lab.PostAsync("/v1/{p}/vpcs", """{"vpc":{"name":"cut","cidr":"10.1.0.0/16"}}""")
        );
        var list = await lab.GetAsync("/v1/{p}/vpcs");

        Assert.Contains(list.Body!["vpcs"]!.AsArray(), vpc => vpc!["name"]!.ToString() == "cut");
    }

    [Fact]
    public async Task A_reset_brings_the_beginning_back()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 2);
        await lab.ServerAsync("vm");
        await lab.PostAsync("/v1/{p}/vpcs", """{"vpc":{"name":"v","cidr":"10.1.0.0/16"}}""");

        await lab.SendAsync("DELETE", "/_lab/state");
        var state = await lab.GetAsync("/_lab/state");

        Assert.Equal(("2", "2"), (state.Text("counts", "servers"), state.Text("counts", "vpcs")));
        Assert.Equal(lab.Simulator.DefaultVpc, state.Text("vpc"));
        await lab.ServerAsync("again");
        Assert.Equal(3, lab.Simulator.Servers);
    }

    [Theory]
    [InlineData("ECS", "/v1/{p}/cloudservers/none", "error/code", "Ecs.0114")]
    [InlineData("a job", "/v1/{p}/jobs/none", "error/code", "Common.0011")]
    [InlineData("EVS", "/v2/{p}/cloudvolumes/none", "error/code", "EVS.5404")]
    [InlineData("EVS as Cinder", "/v2/{p}/volumes/none", "itemNotFound/code", "404")]
    [InlineData("IMS", "/v2/images/none", "error/code", "IMG.0027")]
    [InlineData("VPC v1", "/v1/{p}/vpcs/none", "code", "VPC.0012")]
    [InlineData("VPC v3", "/v3/{p}/vpc/security-groups/none", "error_code", "VPC.0603")]
    [InlineData("neutron", "/v2.0/security-groups/none", "NeutronError/type", "SecurityGroupNotFound")]
    [InlineData("EIP v1", "/v1/{p}/publicips/none", "code", "VPC.0504")]
    [InlineData("CES", "/V1.0/{p}/metric-data", "message/code", "ces.0014")]
    public async Task Each_service_has_its_own_form_of_errors(string because, string path, string where, string code)
    {
        await using var lab = await Lab.StartAsync();

        var refused = await lab.GetAsync(path);

        Assert.True((int)refused.Status is 400 or 404, because);
        Assert.Equal(code, refused.Text(where.Split('/')));
    }

    private static string Login(string password) =>
        $$$$$"""
            {"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"lab-user","password":"{{{{{password}}}}}",
            "domain":{"name":"lab-domain"}}}},"scope":{"project":{"name":"cn-north-4"}}}}
            """;
}
