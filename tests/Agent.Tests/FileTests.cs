using System.Text.Json;
using CloudManager.Adapters.Relay;
using CloudManager.Agent.Declaration;
using CloudManager.Agent.Tests.Support;

namespace CloudManager.Agent.Tests;

/// <summary>What stands wrong in the files is named, all of it at once, and no secret is shown.</summary>
public sealed class FileTests
{
    [Theory]
    [InlineData(
        "http over the network",
        "platforms[0]",
        "\"platforms\": [\"http://cloud.example\"]",
        "an https address"
    )]
    [InlineData("no platform", "platforms", "\"platforms\": []", "the address of each process")]
    [InlineData("a literal key", "pools.site-a.secret", "\"pools\": {\"site-a\": {\"secret\": \"hunter2\"}}", "***")]
    [InlineData(
        "a key that is not there",
        "pools.site-a.secret",
        "\"pools\": {\"site-a\": {\"secret\": \"env:NO_SUCH_KEY\"}}",
        "env:NO_SUCH_KEY"
    )]
    [InlineData(
        "neither key nor certificate",
        "pools.site-a.secret",
        "\"pools\": {\"site-a\": {}}",
        "or a certificate"
    )]
    [InlineData("a member nobody knows", "speed", "\"speed\": 9", "expected: JSON with name")]
    [InlineData("a proxy that is none", "proxy", "\"proxy\": \"socks\"", "an http address")]
    [InlineData("more than anybody runs", "concurrency", "\"concurrency\": 1000", "from 1 to 256")]
    public async Task A_fault_of_agent_json_is_named(string because, string path, string member, string words)
    {
        var folder = Directory.CreateTempSubdirectory("cloudmanager-agent-");
        try
        {
            var file = Path.Combine(folder.FullName, "agent.json");
            var name = member.Split('"')[1];
            string[] rest =
            [
                "\"name\": \"a\"",
                .. name == "platforms" ? [] : new[] { "\"platforms\": [\"https://cloud.example\"]" },
                .. name == "pools" ? [] : new[] { "\"pools\": {\"site-a\": {\"secret\": \"file:agent.json\"}}" },
            ];
            await File.WriteAllTextAsync(file, $"{{{member}, {string.Join(", ", rest)}}}");

            var wrong = await Assert.ThrowsAsync<AgentFileException>(() =>
                AgentFile.LoadAsync(file, CancellationToken.None)
            );

            var fault = wrong.Faults.First(each => each.Contains(path, StringComparison.Ordinal));
            Assert.True(fault.Contains(words, StringComparison.Ordinal), $"{because}: {fault}");
            Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("{}", "keys")]
    [InlineData("""{"keys": [{"name": "a"}]}""", "keys[0].secret")]
    [InlineData("""{"keys": [{"name": "a", "sha256": "12"}]}""", "keys[0].sha256")]
    [InlineData("""{"keys": [{"name": "a", "secret": "env:A", "sha256": "12"}]}""", "keys[0].secret")]
    [InlineData("""{"certificates": [{"sha256": "12"}]}""", "certificates[0].name")]
    [InlineData("""{"keys": 1}""", "keys")]
    [InlineData("""{"keys": [{"name": "a", "secret": "env:A"}], "queue": 0}""", "queue")]
    [InlineData("""{"keys": [{"name": "a", "secret": "env:A"}], "takeSeconds": 60}""", "takeSeconds")]
    [InlineData("""{"keys": [{"name": "a", "secret": "env:A"}], "more": 1}""", "more")]
    [InlineData(
        """{"keys": [{"name": "a", "secret": "env:A"}], "forwardedCertificate": {"header": "X"}}""",
        "forwardedCertificate.from"
    )]
    public void A_fault_of_the_pools_settings_is_named(string settings, string path)
    {
        var faults = new AgentAdapterFactory(new PoolRelays()).Validate(JsonElement.Parse(settings));

        Assert.Contains(path, faults.Select(fault => fault.Path));
    }

    [Fact]
    public async Task A_pool_that_the_site_does_not_declare_is_named()
    {
        await using var site = new TestSite();
        var wrong = await Assert.ThrowsAsync<AgentFileException>(() =>
            site.StartAsync(
                new Uri("http://127.0.0.1:1"),
                change: agent =>
                    agent["pools"]!["site-z"] = new System.Text.Json.Nodes.JsonObject { ["secret"] = "file:key" }
            )
        );

        Assert.Contains("pools.site-z: expected: a pool of", wrong.Faults.Single(), StringComparison.Ordinal);
    }
}
