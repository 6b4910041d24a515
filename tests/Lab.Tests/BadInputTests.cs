using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudManager.Journey.Tests.Support;
using CloudManager.Lab.Tests.Support;
using static CloudManager.Lab.Tests.Support.Orders;

namespace CloudManager.Lab.Tests;

/// <summary>What is wrong is named, with the cloud's own request id where it answered; the other pools go on.</summary>
[Collection(LabCollection.Name)]
public sealed partial class BadInputTests
{
    public static TheoryData<string, string, string, string[]> Wrongs =>
        new()
        {
            {
                "a wrong password is refused by Keystone",
                "settings.auth.password",
                "env:CLOUDMANAGER_LAB_WRONG",
                ["Keystone", "[request req-"]
            },
            {
                "the user has no such project",
                "settings.auth.project",
                "lab-no-such-project",
                ["Keystone", "[request req-"]
            },
            { "the catalogue has no such region", "settings.region", "RegionNine", ["RegionNine"] },
            {
                "the image of the mapping does not exist",
                "mapping.images.kylin-v10-x86",
                "lab-no-such-image",
                ["lab-no-such-image"]
            },
            {
                "the network of the mapping does not exist",
                "mapping.defaultNetwork",
                "lab-no-such-net",
                ["lab-no-such-net"]
            },
            { "the flavour of the mapping does not exist", "mapping.flavours.0.flavour", "99C99G", ["99C99G"] },
        };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_pool_set_up_wrongly_says_what_is_wrong_and_stops_no_other(
        string because,
        string setting,
        string value,
        string[] named
    )
    {
        Assert.SkipUnless(TheLab.IsThere, TheLab.Missing);
        Environment.SetEnvironmentVariable("CLOUDMANAGER_LAB_WRONG", "not-the-password");
        await using var project = await LabProject.CreateAsync();
        await using var host = await project.StartHostAsync(pools => Set(pools[0]!, setting.Split('.'), value));

        var failure = await FailureAsync(host, Servers(1, 1, 1));

        Assert.All(
            named,
            word => Assert.True(failure.Contains(word, StringComparison.Ordinal), $"{because}: {failure}")
        );
        await TestingAsync(host, "mock-a", Servers(1, 1, 1));
        Assert.Empty(await project.Cli.ListAsync("server", "list"));
    }

    [Fact]
    public async Task A_quota_used_up_is_said_with_the_clouds_request_id()
    {
        Assert.SkipUnless(TheLab.IsThere, TheLab.Missing);
        await using var project = await LabProject.CreateAsync();
        await OpenStackCli.Admin.DoAsync("quota", "set", "--instances", "1", project.Name);
        await using var host = await project.StartHostAsync();

        // One after the other: of two at once Nova may accept both and give the second up later.
        await TestingAsync(host, "lab", Servers(1, 1, 1));

        var failure = await FailureAsync(host, Servers(1, 1, 1));

        Assert.Contains("quota", failure, StringComparison.OrdinalIgnoreCase);
        Assert.True(RequestId().IsMatch(failure), failure);
        Assert.Single(await project.Cli.ListAsync("server", "list"));
        await TestingAsync(host, "mock-a", Servers(1, 1, 1));
    }

    /// <summary>The failed order with its tasks and errors, as the provider sees it.</summary>
    private static async Task<string> FailureAsync(HostProcess host, JsonObject line)
    {
        var id = await ApprovedAsync(host, "lab", line);
        await ActAsync(host, id, "technical", "issue-test-order");
        JsonNode? order = null;
        var failed = await Patience.UntilAsync(async () =>
        {
            var orders = await host.CallAsync(HttpMethod.Get, $"/api/v1/work-orders?request={id}", "provider-a");
            var number = Text(orders["items"]![0]!, "id");
            order = await host.CallAsync(HttpMethod.Get, $"/api/v1/work-orders/{number}", "provider-a");
            return Text(order, "state") == "failed";
        });
        Assert.True(failed, $"{order?.ToJsonString()}\n{host.Output}");
        return order!.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }

    private static void Set(JsonNode node, string[] path, string value)
    {
        foreach (var name in path.SkipLast(1))
        {
            node = char.IsAsciiDigit(name[0])
                ? node[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]!
                : node[name]!;
        }

        node[path[^1]] = value;
    }

    [GeneratedRegex("req-[0-9a-f-]{36}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestId();
}
