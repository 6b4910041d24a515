using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>Each service words its refusals in an envelope of its own; the kind follows from status and type.</summary>
public sealed class ServiceFaultTests
{
    private const string Volumes = $"/volume/v3/{Recorded.Project}/volumes";
    private const string Volume = $"{Volumes}/{Recorded.VolumeId}";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationKey Key = new("cm-1-9");

    [Theory]
    [InlineData("Neutron's quota", 409, "OverQuota", FailureKind.QuotaExceeded)]
    [InlineData("no address left", 409, "IpAddressGenerationFailure", FailureKind.NoCapacity)]
    [InlineData("no address left outside", 400, "ExternalIpAddressExhausted", FailureKind.NoCapacity)]
    [InlineData("any other conflict", 409, "NetworkInUse", FailureKind.Conflict)]
    [InlineData("any other refusal", 400, "InvalidInput", FailureKind.InvalidRequest)]
    public async Task Neutron_says_what_it_means_by_its_type(string because, int status, string type, FailureKind kind)
    {
        await using var cloud = new ScriptedCloud();
        cloud
            .Always("GET /network/v2.0/floatingips", new WireAnswer(200, """{"floatingips": []}"""))
            .Always(
                "POST /network/v2.0/floatingips",
                new WireAnswer(
                    status,
                    $$$"""{"NeutronError": {"type": "{{{type}}}", "message": "words", "detail": ""}}"""
                )
            );

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Addresses!.CreateAsync(new AddressSpec("a", 5), Key, None)
        );

        Assert.True(kind == failure.Kind, $"{because}: {failure.Kind}");
        Assert.Equal(type, failure.ProviderCode);
    }

    [Theory]
    [InlineData("no pause asked for: its quota", "0", FailureKind.QuotaExceeded)]
    [InlineData("a pause asked for: its limiter", "3", FailureKind.Throttled)]
    public async Task Cinder_says_413_to_quota_and_haste_alike(string because, string pause, FailureKind kind)
    {
        await using var cloud = new ScriptedCloud();
        cloud
            .Always($"GET {Volumes}/detail", new WireAnswer(200, """{"volumes": []}"""))
            .Always(
                $"POST {Volumes}",
                new WireAnswer(413, """{"overLimit": {"code": 413, "message": "VolumeLimitExceeded"}}""")
                {
                    Headers = [("Retry-After", pause)],
                }
            );

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Volumes!.CreateAsync(new VolumeSpec("v", 10, "ssd"), Key, None)
        );

        Assert.True(kind == failure.Kind, because);
    }

    [Theory]
    [InlineData("in use", "in-use", FailureKind.Conflict)]
    [InlineData("being deleted already", "deleting", null)]
    public async Task Cinders_400_to_a_delete_is_about_the_state(string because, string status, FailureKind? kind)
    {
        await using var cloud = new ScriptedCloud();
        cloud
            .Always($"GET {Volume}", new WireAnswer(200, $$$"""{"volume": {{{Recorded.Volume(status)}}}}"""))
            .Always(
                $"DELETE {Volume}",
                new WireAnswer(400, """{"badRequest": {"code": 400, "message": "Volume status must be available"}}""")
            );

        var failure = await Record.ExceptionAsync(() =>
            cloud.Adapter.Volumes!.DeleteAsync(new NativeId(Recorded.VolumeId), None)
        );

        Assert.True(kind == (failure as AdapterException)?.Kind, because);
    }

    [Fact]
    public async Task A_broken_volume_says_why_in_Cinders_own_words()
    {
        await using var cloud = new ScriptedCloud();
        cloud
            .Always($"GET {Volume}", new WireAnswer(200, $$$"""{"volume": {{{Recorded.Volume("error")}}}}"""))
            .Always(
                $"GET /volume/v3/{Recorded.Project}/messages",
                new WireAnswer(
                    200,
                    """{"messages": [{"id": "m", "user_message": "schedule allocate volume: Could not find any available weighted backend.", "event_id": "VOLUME_VOLUME_001_003"}]}"""
                )
            );

        var volume = await cloud.Adapter.Volumes!.GetAsync(new NativeId(Recorded.VolumeId), None);

        Assert.Equal(CloudState.Error, volume.State);
        Assert.Contains("weighted backend", volume.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"errors": [{"status": 409, "title": "Conflict", "detail": "d", "request_id": "req-p"}]}""",
        "Conflict"
    )]
    [InlineData("""{"code": 409, "title": "Conflict", "message": "glance"}""", "Conflict")]
    [InlineData(
        """{"code": 409, "title": "Conflict", "description": {"cause": "Metrics exist", "detail": []}}""",
        "Metrics exist"
    )]
    [InlineData("""{"conflictingRequest": {"code": 409, "message": "nova"}}""", "conflictingRequest")]
    [InlineData("[]", "HTTP 409")]
    [InlineData("\"text\"", "HTTP 409")]
    [InlineData("", "HTTP 409")]
    public async Task Every_envelope_is_opened(string body, string code)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always("GET /image/v2/images", new WireAnswer(409, body));

        var failure = await Assert.ThrowsAsync<AdapterException>(async () =>
            await cloud.Adapter.Offerings!.ListImagesAsync(None).ToListAsync(None)
        );

        Assert.Equal((FailureKind.Conflict, code), (failure.Kind, failure.ProviderCode));
    }

    [Fact]
    public async Task Words_that_hold_a_secret_are_told_without_it()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(
            "GET /compute/v2.1/limits",
            new WireAnswer(
                500,
                $$$"""{"computeFault": {"code": 500, "message": "token secret-token-1 of {{{ScriptedCloud.Password}}} failed"}}"""
            )
        );

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.CheckAsync(None));

        Assert.Contains("token *** of *** failed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_of_another_shape_is_not_taken_for_an_answer()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always("GET /compute/v2.1/limits", new WireAnswer(200, """{"limits": {"absolute": {}}}"""));

        var failure = await Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.CheckAsync(None));

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("maxTotalInstances", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }
}
