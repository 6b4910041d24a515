using System.Text.Json.Nodes;
using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.EndToEnd;

[Collection(DemoCollection.Name)]
public sealed class BadInputTests(DemoHost host)
{
    private const string Requests = Drafts.Path;
    private const string Tenant = "tenant-a";

    /// <summary>Because, body of POST /requests, status, code, path of the field at fault, code of that field.</summary>
    public static TheoryData<string, string, int, string, string?, string?> Bodies { get; } =
        new()
        {
            { "an unknown member", Drafts.Spoilt(b => b["urgent"] = true), 400, "json.invalid", "urgent", null },
            { "a doubled member", Doubled(), 400, "json.invalid", "reason", null },
            { "no object", "[]", 400, "json.invalid", "$", null },
            { "broken JSON", """{"type":"provision",""", 400, "json.invalid", null, null },
            { "no JSON at all", "type=provision", 400, "json.invalid", "$", null },
            { "an empty body", "", 400, "body.invalid", null, null },
            { "null for a body", "null", 400, "body.invalid", null, null },
            {
                "a text for a whole number",
                Drafts.Line(l => l["quantity"] = "1"),
                400,
                "json.invalid",
                "lines[0].quantity",
                null
            },
            { "a fraction", Drafts.Line(l => l["quantity"] = 1.5), 400, "json.invalid", "lines[0].quantity", null },
            {
                "beyond any whole number",
                Drafts.Line(l => l["quantity"] = 1e12),
                400,
                "json.invalid",
                "lines[0].quantity",
                null
            },
            {
                "an object for a text",
                Drafts.Spoilt(b => b["reason"] = new JsonObject()),
                400,
                "json.invalid",
                "reason",
                null
            },
            {
                "an object for a list",
                Drafts.Spoilt(b => b["lines"] = new JsonObject()),
                400,
                "json.invalid",
                "lines",
                null
            },
            { "null for a list", Drafts.Spoilt(b => b["lines"] = null), 400, "json.invalid", "lines", null },
            {
                "null in a list",
                Drafts.Spoilt(b => b["lines"]!.AsArray().Add(null)),
                400,
                "json.invalid",
                "lines[1]",
                null
            },
            { "an unknown type", Drafts.Spoilt(b => b["type"] = "buy"), 400, "json.invalid", "type", null },
            { "no reason", Drafts.Spoilt(b => b.Remove("reason")), 400, "json.invalid", "reason", null },
            { "a line without item", Drafts.Line(l => l.Remove("item")), 400, "json.invalid", "lines[0].item", null },
            {
                "a spec nobody knows",
                Drafts.Spec(s => s["cores"] = 2),
                400,
                "json.invalid",
                "lines[0].spec.cores",
                null
            },
            { "thirty levels deep", $"{new string('[', 30)}{new string(']', 30)}", 400, "json.invalid", "$", null },
            { "no lines", Drafts.Spoilt(b => b["lines"] = new JsonArray()), 422, "request.invalid", "lines", null },
            { "none of it", Drafts.Line(l => l["quantity"] = 0), 422, "request.invalid", "lines[0].quantity", null },
            {
                "less than none",
                Drafts.Line(l => l["quantity"] = -1),
                422,
                "request.invalid",
                "lines[0].quantity",
                null
            },
            {
                "far too many",
                Drafts.Line(l => l["quantity"] = 10_000_000),
                422,
                "request.invalid",
                "lines[0].quantity",
                null
            },
            { "no CPU", Drafts.Spec(s => s["vcpus"] = 0), 422, "request.invalid", "lines[0].spec.vcpus", null },
            { "too many CPUs", Drafts.Spec(s => s["vcpus"] = 65), 422, "request.invalid", "lines[0].spec.vcpus", null },
            {
                "a size the pool does not offer",
                Drafts.Spec(s => s["memoryGiB"] = 3),
                422,
                "request.invalid",
                "lines[0].spec",
                "size.notOffered"
            },
            {
                "an image the pool does not have",
                Drafts.Spec(s => s["image"] = "os-2"),
                422,
                "request.invalid",
                "lines[0].spec.image",
                null
            },
            {
                "a line that is not there",
                Drafts.Spec(s => s["network"] = 9),
                422,
                "request.invalid",
                "lines[0].spec.network",
                "line.badReference"
            },
            { "a line number twice", Drafts.Spoilt(Twice), 422, "request.invalid", "lines[1].no", null },
            { "the number of a later place", Drafts.Spoilt(TakesTheNext), 422, "request.invalid", "lines[1].no", null },
            { "a line number below 1", Drafts.Line(l => l["no"] = 0), 422, "request.invalid", "lines[0].no", null },
            {
                "less than nothing by hand",
                Item("object-standard", "sizeGiB", -5),
                422,
                "request.invalid",
                "lines[0].spec.sizeGiB",
                null
            },
            {
                "a network with host bits",
                Item("vpc", "cidr", "10.1.2.3/16"),
                422,
                "request.invalid",
                "lines[0].spec.cidr",
                null
            },
            {
                "a network in short form",
                Item("vpc", "cidr", "10.1/16"),
                422,
                "request.invalid",
                "lines[0].spec.cidr",
                null
            },
            {
                "a network of all addresses",
                Item("vpc", "cidr", "0.0.0.0/0"),
                422,
                "request.invalid",
                "lines[0].spec.cidr",
                null
            },
            {
                "an item not in force",
                Drafts.Line(l => l["item"] = "ecs-1999"),
                422,
                "request.invalid",
                "lines[0].item",
                "item.notInForce"
            },
            {
                "an unknown pool",
                Drafts.Spoilt(b => b["pool"] = "mock-z"),
                422,
                "request.invalid",
                "lines[0].pool",
                "pool.notFound"
            },
            {
                "no pool",
                Drafts.Spoilt(b => b.Remove("pool")),
                422,
                "request.invalid",
                "lines[0].pool",
                "pool.notFound"
            },
            {
                "a standing cloud (art. 15)",
                Drafts.Spoilt(b => b["pool"] = "mock-b"),
                422,
                "request.invalid",
                "lines[0].pool",
                "pool.legacy"
            },
            {
                "a system of another tenant",
                Drafts.Text("r", "b-road-network"),
                422,
                "request.invalid",
                "system",
                "system.notFound"
            },
            { "an endless reason", Drafts.Text(new string('因', 2001)), 422, "request.invalid", "reason", null },
            { "a blank reason", Drafts.Text(" \t "), 422, "request.invalid", "reason", null },
            { "a zero in the reason", Drafts.Text("a\0b"), 422, "request.invalid", "reason", null },
            {
                "a type not offered yet",
                Drafts.Spoilt(b => b["type"] = "emergency"),
                422,
                "request.typeNotOffered",
                null,
                null
            },
        };

    /// <summary>Because, account, call, status, code, path of the field at fault.</summary>
    public static TheoryData<string, string, Call, int, string, string?> Calls { get; } =
        new()
        {
            {
                "another content type",
                Tenant,
                new Call("POST", Requests, "a") { MediaType = "text/plain" },
                415,
                "body.mediaType",
                null
            },
            {
                "a verb nobody knows",
                Tenant,
                new Call("POST", $"{Requests}/req-000001/burn", "{}"),
                404,
                "request.noSuchAction",
                null
            },
            {
                "a verb of the platform alone",
                Tenant,
                new Call("POST", $"{Requests}/req-000001/expire", "{}"),
                404,
                "request.noSuchAction",
                null
            },
            { "no number", Tenant, new Call("POST", $"{Requests}/7/submit", "{}"), 404, "request.notFound", null },
            {
                "beyond any number",
                Tenant,
                new Call("GET", $"{Requests}/req-99999999999999999999"),
                404,
                "request.notFound",
                null
            },
            { "quotes of SQL", Tenant, new Call("GET", $"{Requests}/'%20or%201=1--"), 404, "request.notFound", null },
            { "no such address", Tenant, new Call("GET", "/api/v1/nothing"), 404, "route.notFound", null },
            { "a method not taken", Tenant, new Call("DELETE", Requests), 405, "route.methodNotAllowed", null },
            {
                "a parameter nobody reads",
                Tenant,
                new Call("GET", $"{Requests}?stat=draft"),
                422,
                "query.invalid",
                "stat"
            },
            {
                "a state nobody knows",
                Tenant,
                new Call("GET", $"{Requests}?state=burnt"),
                422,
                "query.invalid",
                "state"
            },
            { "a page of none", Tenant, new Call("GET", $"{Requests}?limit=0"), 422, "query.invalid", "limit" },
            { "an endless page", Tenant, new Call("GET", $"{Requests}?limit=501"), 422, "query.invalid", "limit" },
            { "no cursor of ours", Tenant, new Call("GET", $"{Requests}?cursor=MTIz"), 422, "query.invalid", "cursor" },
            {
                "a control character",
                Tenant,
                new Call("GET", $"{Requests}?system=%00"),
                422,
                "query.invalid",
                "system"
            },
            {
                "a work order of no number",
                Tenant,
                new Call("GET", "/api/v1/work-orders?request=7"),
                422,
                "query.invalid",
                "request"
            },
            {
                "a blank in the key",
                Tenant,
                Right().With("Idempotency-Key", "a b"),
                400,
                "idempotency.keyInvalid",
                null
            },
            {
                "an endless key",
                Tenant,
                Right().With("Idempotency-Key", new string('k', 101)),
                400,
                "idempotency.keyInvalid",
                null
            },
            {
                "a version without quotes",
                Tenant,
                new Call("POST", $"{Requests}/req-000001/submit", "{}").With("If-Match", "1"),
                400,
                "header.ifMatchInvalid",
                null
            },
            { "a name of 300 characters", Tenant, System("a-x", new string('名', 300)), 422, "input.invalid", "name" },
            { "a control character in a name", Tenant, System("a-x", "a\u0007b"), 422, "input.invalid", "name" },
            {
                "half a character in a name",
                Tenant,
                new Call(
                    "POST",
                    "/api/v1/systems",
                    """{"code":"a-x","name":"\ud800","protectionLevel":2,"classified":false}"""
                ),
                400,
                "json.invalid",
                "name"
            },
            { "a code with a slash", Tenant, System("../x", "x"), 422, "input.invalid", "code" },
            {
                "a classified system (art. 3)",
                Tenant,
                new Call(
                    "POST",
                    "/api/v1/systems",
                    """{"code":"a-x","name":"x","protectionLevel":2,"classified":true}"""
                ),
                422,
                "system.classified",
                "classified"
            },
            {
                "level 4",
                Tenant,
                new Call(
                    "POST",
                    "/api/v1/systems",
                    """{"code":"a-x","name":"x","protectionLevel":4,"classified":false}"""
                ),
                422,
                "input.invalid",
                "protectionLevel"
            },
            { "a request by the authority", "authority", Right(), 403, "access.notForYou", null },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_wrong_request_is_refused_by_its_field(
        string because,
        string body,
        int status,
        string code,
        string? path,
        string? fieldCode
    )
    {
        var answer = await RefusedAsync(because, Tenant, new Call("POST", Requests, body), status, code);

        if (path is not null)
        {
            Assert.True(
                answer.Faults.Any(f => f.Path == path && (fieldCode is null || f.Code == fieldCode)),
                $"{because}: {answer.Text}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task A_wrong_call_is_refused(
        string because,
        string account,
        Call call,
        int status,
        string code,
        string? path
    )
    {
        var answer = await RefusedAsync(because, account, call, status, code);

        Assert.True(path is null || answer.Faults.Any(f => f.Path == path), $"{because}: {answer.Text}");
    }

    [Fact]
    public async Task A_body_of_20_MB_is_refused()
    {
        var body = Drafts.Text(new string('x', 20 * 1024 * 1024));

        await RefusedAsync(
            "20 MB",
            Tenant,
            new Call("POST", Requests, body).With("Expect", "100-continue"),
            413,
            "body.tooLarge"
        );
    }

    [Theory]
    [InlineData("no token at all", null, "session.required")]
    [InlineData("a token nobody gave", "Bearer abc", "session.invalid")]
    [InlineData("another scheme", "Basic dGVuYW50LWE6eA==", "session.invalid")]
    [InlineData("nothing behind the scheme", "Bearer", "session.invalid")]
    public async Task A_wrong_token_is_refused(string because, string? header, string code)
    {
        var call = header is null ? Right() : Right().With("Authorization", header);

        await RefusedAsync(because, null, call, 401, code);
    }

    [Fact]
    public async Task A_revoked_token_is_refused()
    {
        var header = $"Bearer {await host.SignInAsync(Tenant)}";
        var closing = new Call("DELETE", "/api/v1/sessions/current").With("Authorization", header);
        Assert.Equal(204, (await host.SendAsync(closing)).Status);

        await RefusedAsync("revoked", null, Right().With("Authorization", header), 401, "session.invalid");
    }

    private async Task<Answer> RefusedAsync(string because, string? account, Call call, int status, string code)
    {
        var before = await CountAsync();
        var answer = account is null ? await host.SendAsync(call) : await host.AsAsync(account, call);

        Assert.True((status, code) == (answer.Status, answer.Code), $"{because}: {answer.Status} {answer.Text}");
        foreach (var inside in new[] { "System.", "CloudManager.", " at ", "Exception" })
        {
            Assert.DoesNotContain(inside, answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(before, await CountAsync());
        return answer;
    }

    private async Task<int> CountAsync() => (await host.GetAsync("authority", $"{Requests}?limit=500")).Items.Count;

    private static Call Right() => new("POST", Requests, Drafts.Text("新增业务模块"));

    private static Call System(string code, string name) =>
        new(
            "POST",
            "/api/v1/systems",
            new JsonObject
            {
                ["code"] = code,
                ["name"] = name,
                ["protectionLevel"] = 2,
                ["classified"] = false,
            }.ToJsonString()
        );

    private static string Doubled() => Drafts.Text("r").Replace("\"reason\":", "\"reason\":\"x\",\"reason\":");

    private static string Item(string item, string member, JsonNode value) =>
        Drafts.Line(line =>
        {
            line["item"] = item;
            line["spec"] = new JsonObject { [member] = value };
        });

    private static void Twice(JsonObject body)
    {
        body["lines"]![0]!["no"] = 1;
        body["lines"]!.AsArray().Add(body["lines"]![0]!.DeepClone());
    }

    private static void TakesTheNext(JsonObject body)
    {
        var plain = body["lines"]![0]!.DeepClone();
        body["lines"]![0]!["no"] = 2;
        body["lines"]!.AsArray().Add(plain);
    }
}
