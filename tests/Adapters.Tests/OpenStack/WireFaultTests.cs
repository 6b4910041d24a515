using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>What can go wrong on the wire becomes the right kind of failure, for reads, creates and deletes alike.</summary>
public sealed class WireFaultTests
{
    private const string Server = $"/compute/v2.1/servers/{Recorded.ServerId}";
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly ServerSpec Spec = new()
    {
        Name = "os-a",
        Flavour = "1C1G",
        Size = new ServerSize(1, 1),
        Image = "lab-linux",
        SystemDiskGiB = 10,
    };

    private static readonly IReadOnlyDictionary<string, (string Call, Func<ICloudAdapter, Task> Run)> Calls =
        new Dictionary<string, (string, Func<ICloudAdapter, Task>)>
        {
            ["read"] = ($"GET {Server}", cloud => cloud.Servers!.GetAsync(new NativeId(Recorded.ServerId), None)),
            ["create"] = (
                "POST /compute/v2.1/servers",
                cloud => cloud.Servers!.CreateAsync(Spec, new OperationKey("cm-1-1"), None)
            ),
            ["delete"] = (
                $"DELETE {Server}",
                cloud => cloud.Servers!.DeleteAsync(new NativeId(Recorded.ServerId), None)
            ),
        };

    public static TheoryData<string, string, string, FailureKind, double?> Faults()
    {
        var data = new TheoryData<string, string, string, FailureKind, double?>();
        foreach (var call in Calls.Keys)
        {
            data.Add("the policy forbids it", "403", call, FailureKind.Forbidden, null);
            data.Add("its state does not allow it", "409", call, FailureKind.Conflict, null);
            data.Add("the limiter of old says when", "413", call, FailureKind.Throttled, 7);
            data.Add("the limiter says so in the body", "413-body", call, FailureKind.Throttled, 9);
            data.Add("too many calls, seconds", "429", call, FailureKind.Throttled, 12);
            data.Add("too many calls, a date", "429-date", call, FailureKind.Throttled, 30);
            data.Add("a bug of the service", "500", call, FailureKind.Unavailable, null);
            data.Add("a proxy without a service", "502", call, FailureKind.Unavailable, null);
            data.Add("overloaded, with a pause", "503", call, FailureKind.Unavailable, 5);
            data.Add("the values are refused", "400", call, FailureKind.InvalidRequest, null);
            data.Add("the connection is reset", "reset", call, FailureKind.Unavailable, null);
            data.Add("half a body", "half", call, FailureKind.Unavailable, null);
            data.Add("a page instead of an answer", "html", call, FailureKind.Unavailable, null);
        }

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

        Assert.True(failure.Kind == kind, $"{because}: {failure.Kind}: {failure.Message}");
        Assert.Equal(pause, failure.RetryAfter?.TotalSeconds);
        Assert.Equal(kind == FailureKind.Unavailable, failure.IsUncertain);
        Assert.Null(failure.InnerException);
        Assert.DoesNotContain("secret-token", failure.ToString(), StringComparison.Ordinal);
        if (fault is not ("reset" or "half"))
        {
            Assert.Equal("req-386209f7-7173-47b0-8c60-2f402e799670", failure.ProviderRequestId);
            Assert.NotNull(failure.ProviderCode);
        }
    }

    [Theory]
    [InlineData("read", 2)]
    [InlineData("create", 1)]
    [InlineData("delete", 2)]
    public async Task All_but_a_create_is_sent_again_when_its_idle_connection_was_reset(string call, int sent)
    {
        await using var cloud = new ScriptedCloud();
        await cloud.Adapter.CheckAsync(None);
        cloud.Once(Calls[call].Call, Answer("reset"));

        var failure = await Record.ExceptionAsync(() => Calls[call].Run(cloud.Adapter));

        Assert.Equal(sent == 2, failure is null);
        Assert.Equal(sent, cloud.Count(Calls[call].Call));
    }

    [Theory]
    [InlineData("read", FailureKind.NotFound)]
    [InlineData("create", FailureKind.InvalidRequest)]
    [InlineData("delete", null)]
    public async Task What_does_not_exist_is_told_apart_by_what_was_asked(string call, FailureKind? kind)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Calls[call].Call, new WireAnswer(404, Recorded.NotFound));

        var failure = await Record.ExceptionAsync(() => Calls[call].Run(cloud.Adapter));

        Assert.Equal(kind, (failure as AdapterException)?.Kind);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("create")]
    [InlineData("delete")]
    public async Task A_refused_token_is_renewed_once_and_the_call_made_again(string call)
    {
        await using var cloud = new ScriptedCloud();
        await cloud.Adapter.CheckAsync(None);
        cloud.Once(Calls[call].Call, ScriptedCloud.Unauthorized);

        await Calls[call].Run(cloud.Adapter);

        Assert.Equal(2, cloud.Tokens);
        Assert.Equal(2, cloud.Count(Calls[call].Call));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("create")]
    [InlineData("delete")]
    public async Task A_token_refused_twice_is_not_tried_a_third_time(string call)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Calls[call].Call, ScriptedCloud.Unauthorized);

        var failure = await Assert.ThrowsAsync<AdapterException>(() => Calls[call].Run(cloud.Adapter));

        Assert.Equal(FailureKind.Unauthenticated, failure.Kind);
        Assert.Equal(2, cloud.Count(Calls[call].Call));
    }

    [Theory]
    [InlineData("the quota was the reason", 1, FailureKind.QuotaExceeded)]
    [InlineData("there is room, so the policy was", 100, FailureKind.Forbidden)]
    public async Task Nova_says_403_to_quota_and_policy_alike_and_the_limits_tell_which(
        string because,
        int servers,
        FailureKind kind
    )
    {
        await using var cloud = new ScriptedCloud();
        var limits = Recorded.Limits.Replace(
            "\"maxTotalInstances\": 100",
            $"\"maxTotalInstances\": {servers}",
            StringComparison.Ordinal
        );
        cloud.Always("GET /compute/v2.1/limits", new WireAnswer(200, limits));
        cloud.Always("POST /compute/v2.1/servers", Answer("403"));

        var failure = await Assert.ThrowsAsync<AdapterException>(() => Calls["create"].Run(cloud.Adapter));

        Assert.True(kind == failure.Kind, because);
        Assert.Equal("req-386209f7-7173-47b0-8c60-2f402e799670", failure.ProviderRequestId);
    }

    [Fact]
    public async Task An_unanswered_call_ends_with_its_callers_token()
    {
        var never = new TaskCompletionSource<WireAnswer>();
        await using var server = new WireServer(_ => never.Task);
        await using var adapter = new ScriptedCloud(settings: ScriptedCloud.Settings(server.Address));
        using var patience = new CancellationTokenSource();
        var check = adapter.Adapter.CheckAsync(patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        never.SetResult(new WireAnswer(500, ""));
    }

    internal static WireAnswer Answer(string fault) =>
        fault switch
        {
            "400" => new(400, """{"badRequest": {"code": 400, "message": "Invalid input."}}"""),
            "403" => new(403, """{"forbidden": {"code": 403, "message": "Quota exceeded or policy."}}"""),
            "409" => new(409, """{"conflictingRequest": {"code": 409, "message": "It is locked."}}"""),
            "413" => new(413, """{"overLimit": {"code": 413, "message": "Slow down."}}""")
            {
                Headers = [("Retry-After", "7")],
            },
            "413-body" => new(413, """{"overLimit": {"code": 413, "message": "Slow down.", "retryAfter": "9"}}"""),
            "429" => new(429, "{}") { Headers = [("Retry-After", "12")] },
            "429-date" => new(429, "{}") { Headers = [("Retry-After", "Mon, 23 Nov 2026 16:20:30 GMT")] },
            "500" => new(500, """{"computeFault": {"code": 500, "message": "Unexpected API Error."}}"""),
            "502" => new(502, "<html><body>Bad Gateway</body></html>") { ContentType = "text/html" },
            "503" => new(503, "Service Unavailable") { ContentType = "text/plain", Headers = [("Retry-After", "5")] },
            "reset" => new(200, "") { Cut = Cut.BeforeAnswer },
            "half" => new(200, $$$"""{"server": {{{Recorded.Server()}}}}""") { Cut = Cut.MidBody },
            "html" => new(200, "<html><body>Welcome to the proxy</body></html>") { ContentType = "text/html" },
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
        };
}
