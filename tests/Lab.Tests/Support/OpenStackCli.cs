using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CloudManager.Lab.Tests.Support;

/// <summary>OpenStack's own command line: what the cloud holds is looked up with it and not with our code.</summary>
internal sealed class OpenStackCli(string project, string user = "demo")
{
    /// <summary>As the cloud's administrator.</summary>
    public static OpenStackCli Admin { get; } = new("admin", "admin");

    /// <summary>The command's answer as JSON, which must come.</summary>
    public async Task<JsonNode> ShowAsync(params string[] words)
    {
        var (status, output, errors) = await RunAsync([.. words, "-f", "json"]);
        Assert.True(status == 0, $"openstack {string.Join(' ', words)}: {errors}");
        return JsonNode.Parse(output)!;
    }

    /// <summary>The rows of a listing.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(params string[] words) =>
        [.. (await ShowAsync(words)).AsArray().Select(row => row!.AsObject())];

    /// <summary>A command that must succeed and says nothing.</summary>
    public async Task DoAsync(params string[] words)
    {
        var (status, _, errors) = await RunAsync(words);
        Assert.True(status == 0, $"openstack {string.Join(' ', words)}: {errors}");
    }

    public async Task<(int Status, string Output, string Errors)> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo("openstack", words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private IEnumerable<(string Name, string Value)> Environment() =>
        [
            ("OS_AUTH_URL", TheLab.Keystone!),
            ("OS_IDENTITY_API_VERSION", "3"),
            ("OS_REGION_NAME", "RegionOne"),
            ("OS_USERNAME", user),
            ("OS_PASSWORD", TheLab.Password),
            ("OS_PROJECT_NAME", project),
            ("OS_USER_DOMAIN_NAME", "Default"),
            ("OS_PROJECT_DOMAIN_NAME", "Default"),
            ("no_proxy", "127.0.0.1"),
        ];
}
