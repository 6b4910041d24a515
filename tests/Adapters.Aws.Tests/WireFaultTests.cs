using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>What can go wrong on the wire becomes the right kind of failure, for reads, creates and deletes alike.</summary>
public sealed class WireFaultTests
{
    private const string SecretKey = "wire-secret-key";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly NativeId Id = new("i-0123456789abcdef0");

    private static readonly IReadOnlyDictionary<string, (string Action, Func<ICloudAdapter, Task> Run)> Calls =
        new Dictionary<string, (string, Func<ICloudAdapter, Task>)>
        {
            ["read"] = ("DescribeInstances", cloud => cloud.Servers!.GetAsync(Id, None)),
            ["create"] = (
                "CreateVolume",
                cloud => cloud.Volumes!.CreateAsync(new VolumeSpec("v", 10, "gp3"), new OperationKey("cm-1-1"), None)
            ),
            ["delete"] = ("TerminateInstances", cloud => cloud.Servers!.DeleteAsync(Id, None)),
            ["measure"] = (
                "GetMetricData",
                async cloud => await cloud.Usage!.ReadAsync([Id], Ago(60), Ago(30), None).ToListAsync(None)
            ),
        };

    public static TheoryData<string, string, string, FailureKind, double?> Faults()
    {
        var data = new TheoryData<string, string, string, FailureKind, double?>();
        foreach (var call in Calls.Keys)
        {
            data.Add("the keys are not accepted", "401", call, FailureKind.Unauthenticated, null);
            data.Add("a policy forbids it", "403", call, FailureKind.Forbidden, null);
            data.Add("a proxy's 404 says nothing of the thing", "404", call, FailureKind.Unavailable, null);
            data.Add("its state does not allow it", "409", call, FailureKind.Conflict, null);
            data.Add("too much was sent", "413", call, FailureKind.InvalidRequest, null);
            data.Add("too many calls, with a pause", "429", call, FailureKind.Throttled, 12);
            data.Add("too many calls, as EC2 says it", "503-limit", call, FailureKind.Throttled, null);
            data.Add("a bug of the service", "500", call, FailureKind.Unavailable, null);
            data.Add("a proxy without a service", "502", call, FailureKind.Unavailable, null);
            data.Add("overloaded, with a pause", "503", call, FailureKind.Unavailable, 5);
            data.Add("a redirect to another host is not followed", "307", call, FailureKind.Unavailable, null);
            data.Add("the connection is reset", "reset", call, FailureKind.Unavailable, null);
            data.Add("half a body", "half", call, FailureKind.Unavailable, null);
            data.Add("a page instead of an answer", "html", call, FailureKind.Unavailable, null);
            data.Add("half of an error", "half-error", call, FailureKind.Unavailable, null);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_has_its_kind_and_its_pause_and_is_not_tried_again(
        string because,
        string fault,
        string call,
        FailureKind kind,
        double? pause
    )
    {
        var asked = new ConcurrentQueue<string>();
        await using var server = new WireServer(request =>
        {
            var action = Action(request);
            asked.Enqueue(action);
            return Task.FromResult(action == Calls[call].Action ? Answer(fault) : Empty(action));
        });
        await using var adapter = Open(server.Address);

        var failure = await Assert.ThrowsAsync<AdapterException>(() => Calls[call].Run(adapter));

        Assert.True(failure.Kind == kind, $"{because}: {failure.Kind}: {failure.Message}");
        Assert.Equal(pause, failure.RetryAfter?.TotalSeconds);
        Assert.Equal(kind == FailureKind.Unavailable, failure.IsUncertain);
        Assert.Null(failure.InnerException);
        Assert.DoesNotContain(SecretKey, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, asked.Count(action => action == Calls[call].Action));
        if (fault is "401" or "403" or "409" or "503-limit" or "500")
        {
            Assert.Equal("req-wire", failure.ProviderRequestId);
            Assert.NotNull(failure.ProviderCode);
        }
    }

    [Theory]
    [InlineData("read", FailureKind.NotFound)]
    [InlineData("create", FailureKind.InvalidRequest)]
    [InlineData("delete", null)]
    public async Task What_does_not_exist_is_told_apart_by_what_was_asked(string call, FailureKind? kind)
    {
        await using var server = new WireServer(request =>
            Task.FromResult(
                Action(request) == Calls[call].Action
                    ? new WireAnswer(400, Error("InvalidThing.NotFound")) { ContentType = "text/xml" }
                    : Empty(Action(request))
            )
        );
        await using var adapter = Open(server.Address);

        var failure = await Record.ExceptionAsync(() => Calls[call].Run(adapter));

        Assert.Equal(kind, (failure as AdapterException)?.Kind);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("measure")]
    public async Task An_unanswered_call_ends_with_its_callers_token(string call)
    {
        var never = new TaskCompletionSource<WireAnswer>();
        await using var server = new WireServer(_ => never.Task);
        await using var adapter = Open(server.Address);
        using var patience = new CancellationTokenSource();
        var running =
            call == "read"
                ? adapter.Servers!.GetAsync(Id, patience.Token)
                : (Task)
                    adapter
                        .Usage!.ReadAsync([Id], Ago(60), Ago(30), patience.Token)
                        .ToListAsync(patience.Token)
                        .AsTask();

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        never.SetResult(new WireAnswer(500, ""));
    }

    [Fact]
    public async Task An_answer_that_comes_late_is_waited_for()
    {
        await using var server = new WireServer(async request =>
        {
            await Task.Delay(300);
            return Empty(Action(request));
        });
        await using var adapter = Open(server.Address);

        Assert.Empty(await adapter.Inventory!.ListServersAsync(None).ToListAsync(None));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("measure")]
    public async Task An_answer_larger_than_any_page_is_refused_in_words(string call)
    {
        var large = $"<{new string('x', 33 << 20)}/>";
        await using var server = new WireServer(_ =>
            Task.FromResult(new WireAnswer(200, large) { ContentType = "text/xml" })
        );
        await using var adapter = Open(server.Address);

        var failure = await Assert.ThrowsAsync<AdapterException>(() => Calls[call].Run(adapter));

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("32 MiB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cloud_that_is_not_there_is_unavailable_and_named()
    {
        await using var adapter = Open("http://127.0.0.1:1");

        var failure = await Assert.ThrowsAsync<AdapterException>(() => adapter.CheckAsync(None));

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("http://127.0.0.1:1", failure.Message, StringComparison.Ordinal);
    }

    internal static ICloudAdapter Open(string address) =>
        OnSimulator.Open(
            new
            {
                region = "cn-lab-1",
                endpoint = address,
                monitoringEndpoint = address,
                accessKey = "AKIAWIRE",
                secretKey = SecretKey,
                subnet = "subnet-1",
            }
        );

    internal static string Action(WireRequest request) =>
        request.Body.Split('&').First(each => each.StartsWith("Action=", StringComparison.Ordinal))[7..];

    /// <summary>What the calls before the one in question get.</summary>
    internal static WireAnswer Empty(string action) =>
        new(
            200,
            $"<{action}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>"
                + (
                    action == "DescribeSubnets"
                        ? "<subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId>"
                            + "<availabilityZone>cn-lab-1a</availabilityZone></item></subnetSet>"
                        : ""
                )
                + $"</{action}Response>"
        )
        {
            ContentType = "text/xml",
        };

    private static DateTimeOffset Ago(int minutes) => TimeProvider.System.GetUtcNow().AddMinutes(-minutes);

    private static string Error(string code) =>
        $"<Response><Errors><Error><Code>{code}</Code><Message>It is so.</Message></Error></Errors>"
        + "<RequestID>req-wire</RequestID></Response>";

    private static WireAnswer Answer(string fault) =>
        fault switch
        {
            "401" => Xml(401, Error("AuthFailure")),
            "403" => Xml(403, Error("UnauthorizedOperation")),
            "404" => Html(404),
            "409" => Xml(409, Error("IncorrectState")),
            "413" => Html(413),
            "429" => Html(429) with { Headers = [("Retry-After", "12")] },
            "503-limit" => Xml(503, Error("RequestLimitExceeded")),
            "500" => Xml(500, Error("InternalError")),
            "502" => Html(502),
            "503" => Html(503) with { Headers = [("Retry-After", "5")] },
            "307" => Html(307) with { Headers = [("Location", "http://127.0.0.1:2/")] },
            "reset" => Html(200) with { Cut = Cut.BeforeAnswer },
            "half" => Xml(200, Empty("DescribeInstances").Body) with { Cut = Cut.MidBody },
            "half-error" => Xml(400, Error("InvalidInstanceID.NotFound")) with { Cut = Cut.MidBody },
            "html" => Html(200),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
        };

    private static WireAnswer Xml(int status, string body) => new(status, body) { ContentType = "text/xml" };

    private static WireAnswer Html(int status) =>
        new(status, "<html><body>Welcome to the proxy</body></html>") { ContentType = "text/html" };
}
