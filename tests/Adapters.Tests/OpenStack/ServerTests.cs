using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>How servers are created once a key, seen, resized and switched.</summary>
public sealed class ServerTests
{
    private const string Server = $"/compute/v2.1/servers/{Recorded.ServerId}";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly NativeId Id = new(Recorded.ServerId);
    private static readonly OperationKey Key = new("cm-1-1");

    private static readonly ServerSpec Spec = new()
    {
        Name = "os-a",
        Flavour = "1C1G",
        Size = new ServerSize(1, 1),
        Image = "lab-linux",
        SystemDiskGiB = 10,
    };

    [Fact]
    public async Task A_create_carries_its_key_as_a_tag_from_the_first_instant()
    {
        await using var cloud = new ScriptedCloud();

        var server = await cloud.Adapter.Servers!.CreateAsync(Spec, Key, None);

        Assert.Equal((Id, CloudState.Pending, Spec.Size, Key), (server.Id, server.State, server.Size, server.Key));
        var body = Sent(cloud);
        Assert.Equal(
            ["cloudmanager", "cm-1-1"],
            body.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())
        );
        Assert.Equal("1c1g", body.GetProperty("flavorRef").GetString());
        Assert.Equal("8fad4b60-156e-46af-b289-1dafcf33beb9", body.GetProperty("imageRef").GetString());
        Assert.Equal(
            "7465e84e-cdb5-4122-a4fa-c41271b11a7d",
            body.GetProperty("networks")[0].GetProperty("uuid").GetString()
        );
    }

    [Fact]
    public async Task A_server_found_under_the_key_is_not_made_again()
    {
        await using var cloud = new ScriptedCloud();
        var servers = $$$"""{"servers": [{{{Recorded.Server()}}}]}""";
        cloud
            .Always("GET /compute/v2.1/servers", new WireAnswer(200, servers))
            .Always("GET /compute/v2.1/servers/detail", new WireAnswer(200, servers));

        var server = await cloud.Adapter.Servers!.CreateAsync(Spec, Key, None);

        Assert.Equal((Id, CloudState.Active), (server.Id, server.State));
        Assert.Equal(["10.20.1.148"], server.Addresses);
        Assert.Equal(0, cloud.Count("POST /compute/v2.1/servers"));
    }

    [Theory]
    [InlineData("before the key", "\"a-team\", \"cloudmanager\", \"cm-1-1\"")]
    [InlineData("after the key", "\"cloudmanager\", \"cm-1-1\", \"prod\"")]
    [InlineData("no key could be it", "\"!\", \"cloudmanager\", \"cm-1-1\"")]
    public async Task A_server_that_somebody_tagged_too_is_still_found_under_its_key(string because, string tags)
    {
        await using var cloud = new ScriptedCloud();
        var body = Recorded.Server().Replace("\"cloudmanager\", \"cm-1-1\"", tags, StringComparison.Ordinal);
        var servers = new WireAnswer(200, $$$"""{"servers": [{{{body}}}]}""");
        cloud.Always("GET /compute/v2.1/servers", servers).Always("GET /compute/v2.1/servers/detail", servers);

        var made = await cloud.Adapter.Servers!.CreateAsync(Spec, Key, None);
        var listed = Assert.Single(await cloud.Adapter.Inventory!.ListServersAsync(None).ToListAsync(None));

        Assert.Equal((Id, Key), (made.Id, made.Key));
        Assert.Equal(Key, listed.Key);
        Assert.True(cloud.Count("POST /compute/v2.1/servers") == 0, because);
    }

    [Fact]
    public async Task A_second_create_costs_two_calls()
    {
        await using var cloud = new ScriptedCloud();
        await cloud.Adapter.Servers!.CreateAsync(Spec, Key, None);
        var before = cloud.Calls.Count;

        await cloud.Adapter.Servers.CreateAsync(Spec, new OperationKey("cm-1-2"), None);

        Assert.Equal(before + 2, cloud.Calls.Count);
    }

    [Fact]
    public async Task A_system_disk_larger_than_the_flavours_is_a_volume()
    {
        await using var cloud = new ScriptedCloud();

        await cloud.Adapter.Servers!.CreateAsync(Spec with { SystemDiskGiB = 40 }, Key, None);

        var disk = Sent(cloud).GetProperty("block_device_mapping_v2")[0];
        Assert.Equal(40, disk.GetProperty("volume_size").GetInt32());
        Assert.Equal(0, disk.GetProperty("boot_index").GetInt32());
        Assert.True(disk.GetProperty("delete_on_termination").GetBoolean());
        Assert.False(Sent(cloud).TryGetProperty("imageRef", out _));
    }

    [Fact]
    public async Task An_unknown_flavour_names_the_nearest_and_none_is_made()
    {
        await using var cloud = new ScriptedCloud();
        var spec = Spec with { Flavour = "2C2G", Size = new ServerSize(2, 2) };

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Servers!.CreateAsync(spec, Key, None)
        );

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("2C4G (2 vCPU, 4 GiB)", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            cloud.Calls,
            call => call.Method == "POST" && !call.Path.StartsWith("/identity", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_image_that_does_not_exist_is_named()
    {
        await using var cloud = new ScriptedCloud();

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            cloud.Adapter.Servers!.CreateAsync(Spec with { Image = "kylin" }, Key, None)
        );

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("'kylin'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it runs", "ACTIVE", "null", CloudState.Active)]
    [InlineData("it is being stopped", "ACTIVE", "\"powering-off\"", CloudState.Pending)]
    [InlineData("it is off", "SHUTOFF", "null", CloudState.Stopped)]
    [InlineData("it is shelved", "SHELVED_OFFLOADED", "null", CloudState.Stopped)]
    [InlineData("it is built", "BUILD", "\"spawning\"", CloudState.Pending)]
    [InlineData("it waits for a word", "VERIFY_RESIZE", "null", CloudState.Resized)]
    [InlineData("its resize is being confirmed", "VERIFY_RESIZE", "\"resize_confirming\"", CloudState.Pending)]
    [InlineData("it failed", "ERROR", "null", CloudState.Error)]
    [InlineData("it failed and is being deleted", "ERROR", "\"deleting\"", CloudState.Pending)]
    public async Task States_are_told_in_the_contracts_words(
        string because,
        string status,
        string task,
        CloudState state
    )
    {
        await using var cloud = new ScriptedCloud();
        Show(cloud, Recorded.Server(status, task));

        Assert.True(state == (await cloud.Adapter.Servers!.GetAsync(Id, None)).State, because);
    }

    [Fact]
    public async Task A_failed_placement_tells_why_in_Novas_words()
    {
        await using var cloud = new ScriptedCloud();
        const string Fault =
            "\"fault\": {\"code\": 500, \"created\": \"2026-11-23T16:20:23Z\", \"message\": \"No valid host was found. \"},";
        Show(cloud, Recorded.Server("ERROR", fault: Fault));

        var server = await cloud.Adapter.Servers!.GetAsync(Id, None);

        Assert.Equal((CloudState.Error, "No valid host was found. "), (server.State, server.Fault));
    }

    [Fact]
    public async Task Art20_a_resize_that_found_no_host_says_so()
    {
        await using var cloud = new ScriptedCloud();
        cloud
            .Always($"POST {Server}/action", new WireAnswer(202, ""))
            .Always(
                $"GET {Server}/os-instance-actions",
                new WireAnswer(
                    200,
                    """{"instanceActions": [{"action": "resize", "request_id": "req-r", "message": "Error"}]}"""
                )
            )
            .Always(
                $"GET {Server}/os-instance-actions/req-r",
                new WireAnswer(
                    200,
                    """{"instanceAction": {"action": "resize", "request_id": "req-r", "message": "Error", "events": [{"event": "cold_migrate", "result": "Error"}]}}"""
                )
            );

        await cloud.Adapter.Resizing!.ResizeAsync(Id, "2C4G", new ServerSize(2, 4), None);
        var server = await cloud.Adapter.Servers!.GetAsync(Id, None);

        Assert.Equal((CloudState.Active, new ServerSize(1, 1)), (server.State, server.Size));
        Assert.Contains("cold_migrate", server.Fault, StringComparison.Ordinal);
        Assert.Contains("req-r", server.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it has the size already", "ACTIVE", "1C1G", 0)]
    [InlineData("it is on its way", "RESIZE", "2C4G", 0)]
    [InlineData("it has another", "ACTIVE", "2C4G", 1)]
    public async Task Art20_a_resize_asked_for_again_changes_nothing(
        string because,
        string status,
        string flavour,
        int calls
    )
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always($"POST {Server}/action", new WireAnswer(202, ""));
        Show(cloud, Recorded.Server(status));

        await cloud.Adapter.Resizing!.ResizeAsync(Id, flavour, new ServerSize(1, 1), None);

        Assert.True(calls == cloud.Count($"POST {Server}/action"), because);
    }

    [Theory]
    [InlineData("it runs already", "start", "ACTIVE", "null", true)]
    [InlineData("it is being started", "start", "SHUTOFF", "\"powering-on\"", true)]
    [InlineData("it is being built", "start", "BUILD", "\"spawning\"", false)]
    [InlineData("it is off already", "stop", "SHUTOFF", "null", true)]
    [InlineData("it is paused", "stop", "PAUSED", "null", false)]
    [InlineData("it is restarting", "reboot", "REBOOT", "\"rebooting\"", true)]
    [InlineData("it is off", "reboot", "SHUTOFF", "null", false)]
    [InlineData("nothing waits to be confirmed", "confirm", "ACTIVE", "null", true)]
    [InlineData("it still resizes", "confirm", "RESIZE", "\"resize_migrating\"", false)]
    [InlineData("nothing waits to be reverted", "revert", "SHUTOFF", "null", true)]
    public async Task Asking_for_what_is_so_is_success(
        string because,
        string what,
        string status,
        string task,
        bool isSo
    )
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always($"POST {Server}/action", WireFaultTests.Answer("409"));
        Show(cloud, Recorded.Server(status, task));
        var (power, resizing) = (cloud.Adapter.Power!, cloud.Adapter.Resizing!);

        var failure = await Record.ExceptionAsync(() =>
            what switch
            {
                "start" => power.StartAsync(Id, None),
                "stop" => power.StopAsync(Id, None),
                "reboot" => power.RebootAsync(Id, None),
                "confirm" => resizing.ConfirmAsync(Id, None),
                _ => resizing.RevertAsync(Id, None),
            }
        );

        Assert.True(isSo == failure is null, because);
        Assert.Equal(isSo ? null : FailureKind.Conflict, (failure as AdapterException)?.Kind);
    }

    private static void Show(ScriptedCloud cloud, string server) =>
        cloud.Always($"GET {Server}", new WireAnswer(200, $$$"""{"server": {{{server}}}}"""));

    private static JsonElement Sent(ScriptedCloud cloud)
    {
        var call = cloud.Calls.Single(call => call is { Method: "POST", Path: "/compute/v2.1/servers" });
        return JsonDocument.Parse(call.Body).RootElement.GetProperty("server");
    }
}
