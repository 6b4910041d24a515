using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>What can go wrong on the wire becomes the right kind of failure, for reads, creates and deletes alike.</summary>
public sealed class WireFaultTests
{
    private const string P = ScriptedCloud.Project;
    private static readonly CancellationToken None = CancellationToken.None;

    internal static readonly ServerSpec Spec = new()
    {
        Name = "vm-a",
        Flavour = "s6.large.2",
        Size = new ServerSize(2, 4),
        Image = "kylin",
        SystemDiskGiB = 40,
    };

    private static readonly IReadOnlyDictionary<string, (string Call, Func<ICloudAdapter, Task> Run)> Calls =
        new Dictionary<string, (string, Func<ICloudAdapter, Task>)>
        {
            ["read"] = (
                $"GET /v1/{P}/cloudservers/{Recorded.ServerId}",
                cloud => cloud.Servers!.GetAsync(new NativeId(Recorded.ServerId), None)
            ),
            ["create"] = (
                $"POST /v1/{P}/cloudservers",
                cloud => cloud.Servers!.CreateAsync(Spec, new OperationKey("cm-1-1"), None)
            ),
            ["delete"] = (
                $"POST /v1/{P}/cloudservers/delete",
                cloud => cloud.Servers!.DeleteAsync(new NativeId(Recorded.ServerId), None)
            ),
            ["volume delete"] = (
                $"DELETE /v2/{P}/cloudvolumes/{Recorded.VolumeId}",
                cloud => cloud.Volumes!.DeleteAsync(new NativeId(Recorded.VolumeId), None)
            ),
        };

    public static TheoryData<string, string, string, FailureKind, double?> Faults()
    {
        var data = new TheoryData<string, string, string, FailureKind, double?>();
        foreach (var call in Calls.Keys)
        {
            data.Add("the signature is refused", "401", call, FailureKind.Unauthenticated, null);
            data.Add("there is no right to it", "403", call, FailureKind.Forbidden, null);
            data.Add("the gateway knows no such API", "404-api", call, FailureKind.Unsupported, null);
            data.Add("the limiter of old says when", "413-wait", call, FailureKind.Throttled, 7);
            data.Add("too many calls, seconds", "429", call, FailureKind.Throttled, 12);
            data.Add("too many calls, a date", "429-date", call, FailureKind.Throttled, 30);
            data.Add("too many calls, no pause named", "429-bare", call, FailureKind.Throttled, null);
            data.Add("a bug of the service", "500", call, FailureKind.Unavailable, null);
            data.Add("a proxy without a service", "502", call, FailureKind.Unavailable, null);
            data.Add("overloaded, with a pause", "503", call, FailureKind.Unavailable, 5);
            data.Add("an error without a body", "504", call, FailureKind.Unavailable, null);
            data.Add("to another host", "302", call, FailureKind.Unavailable, null);
            data.Add("the connection is reset", "reset", call, FailureKind.Unavailable, null);
            data.Add("half a body", "half", call, FailureKind.Unavailable, null);
            data.Add("a page instead of an answer", "html", call, FailureKind.Unavailable, null);
        }

        foreach (var call in new[] { "read", "create", "delete" })
        {
            data.Add("its state does not allow it", "409", call, FailureKind.Conflict, null);
        }

        data.Add("too large for the gateway", "413", "create", FailureKind.InvalidRequest, null);
        data.Add("the values are refused", "400", "create", FailureKind.InvalidRequest, null);
        data.Add("the values are refused", "400", "read", FailureKind.InvalidRequest, null);
        data.Add("a delete names only the server, so its state is it", "400", "delete", FailureKind.Conflict, null);
        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_has_its_kind_and_its_pause(
        string because,
        string fault,
        string call,
        FailureKind kind,
        double? pause
    )
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Calls[call].Call, Answer(fault));

        var failure = await Assert.ThrowsAsync<AdapterException>(() => Calls[call].Run(cloud.Adapter));

        Assert.True(kind == failure.Kind, $"{because}: {failure.Kind}: {failure.Message}");
        Assert.Equal(pause, failure.RetryAfter?.TotalSeconds);
        Assert.Equal(kind == FailureKind.Unavailable, failure.IsUncertain);
        Assert.Null(failure.InnerException);
        Assert.DoesNotContain(ScriptedCloud.SecretKey, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Signature=", failure.ToString(), StringComparison.Ordinal);
        if (fault is not ("reset" or "half"))
        {
            Assert.Equal(ScriptedCloud.RequestId, failure.ProviderRequestId);
            Assert.NotNull(failure.ProviderCode);
        }
    }

    [Theory]
    [InlineData("read", FailureKind.NotFound)]
    [InlineData("create", FailureKind.InvalidRequest)]
    [InlineData("delete", null)]
    [InlineData("volume delete", null)]
    public async Task What_does_not_exist_is_told_apart_by_what_was_asked(string call, FailureKind? kind)
    {
        await using var cloud = new ScriptedCloud();
        var missing = """{"error": {"code": "Ecs.0114", "message": "It does not exist."}}""";
        cloud.Always(Calls[call].Call, new WireAnswer(404, missing));

        var failure = await Record.ExceptionAsync(() => Calls[call].Run(cloud.Adapter));

        Assert.Equal(kind, (failure as AdapterException)?.Kind);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("create")]
    [InlineData("delete")]
    public async Task A_refused_signature_is_never_sent_again(string call)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Calls[call].Call, Answer("401"));

        await Assert.ThrowsAsync<AdapterException>(() => Calls[call].Run(cloud.Adapter));

        Assert.Single(cloud.Sent(Calls[call].Call));
    }

    [Theory]
    [InlineData("read", 2)]
    [InlineData("create", 1)]
    public async Task Only_reading_is_sent_again_when_its_idle_connection_was_reset(string call, int sent)
    {
        await using var cloud = new ScriptedCloud();
        await cloud.Adapter.CheckAsync(None);
        cloud.Once(Calls[call].Call, Answer("reset"));

        var failure = await Record.ExceptionAsync(() => Calls[call].Run(cloud.Adapter));

        Assert.Equal(sent == 2, failure is null);
        Assert.Equal(sent, cloud.Sent(Calls[call].Call).Count);
    }

    [Fact]
    public async Task An_unanswered_call_ends_with_its_callers_token()
    {
        var never = new TaskCompletionSource<WireAnswer>();
        await using var server = new WireServer(_ => never.Task);
        await using var cloud = new ScriptedCloud(_ => ScriptedCloud.Settings(server.Address));
        using var patience = new CancellationTokenSource();
        var check = cloud.Adapter.CheckAsync(patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        never.SetResult(new WireAnswer(500, ""));
    }

    [Fact]
    public async Task An_answer_without_end_is_refused_in_words()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Calls["read"].Call, Recorded.Ok($"\"{new string('x', 33 * 1024 * 1024)}\""));

        var failure = await Assert.ThrowsAsync<AdapterException>(() => Calls["read"].Run(cloud.Adapter));

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("ConfigurationLimitExceeded", failure.Message, StringComparison.Ordinal);
    }

    private static WireAnswer Answer(string fault) =>
        fault switch
        {
            "302" => new(302, "") { Headers = [("Location", "http://192.0.2.1/")] },
            "400" => new(400, """{"error": {"code": "Ecs.0005", "message": "request body is illegal."}}"""),
            "401" => new(
                401,
                $$"""{"error_code": "APIGW.0301", "error_msg": "Incorrect IAM authentication information: {{ScriptedCloud.SecretKey}}"}"""
            ),
            "403" => new(403, """{"error": {"code": "Ecs.0003", "message": "You do not have permission."}}"""),
            "404-api" => new(404, """{"error_code": "APIG.0101", "error_msg": "The API does not exist."}"""),
            "409" => new(409, """{"conflictingRequest": {"code": 409, "message": "It is locked."}}"""),
            "413" => new(413, """{"error_code": "APIGW.0201", "error_msg": "Request entity too large"}"""),
            "413-wait" => new(413, """{"overLimit": {"code": 413, "message": "Slow down."}}""")
            {
                Headers = [("Retry-After", "7")],
            },
            "429" => new(429, """{"error_code": "APIGW.0308", "error_msg": "policy user over ratelimit"}""")
            {
                Headers = [("Retry-After", "12")],
            },
            "429-date" => new(429, "{}") { Headers = [("Retry-After", "Mon, 23 Nov 2026 16:20:30 GMT")] },
            "429-bare" => new(429, """{"error_code": "APIG.0308", "error_msg": "policy user over ratelimit"}"""),
            "500" => new(500, """{"error": {"code": "Ecs.0002", "message": "system exception"}}"""),
            "502" => new(502, "<html><body>Bad Gateway</body></html>") { ContentType = "text/html" },
            "503" => new(503, "Service Unavailable") { ContentType = "text/plain", Headers = [("Retry-After", "5")] },
            "504" => new(504, ""),
            "reset" => new(200, "") { Cut = Cut.BeforeAnswer },
            "half" => Recorded.Ok($$$"""{"server": {{{Recorded.Server()}}}}""") with { Cut = Cut.MidBody },
            "html" => new(200, "<html><body>Welcome to the proxy</body></html>") { ContentType = "text/html" },
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
        };
}
