using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Lab.Tests.Support;

/// <summary>
/// A project of its own in the lab's OpenStack, whose only contents are what a test orders there; with a data folder and
/// an adapters.json for a host. All of it is gone after the test.
/// </summary>
internal sealed class LabProject : IAsyncDisposable
{
    private LabProject(string name) => (Name, Cli) = (name, new OpenStackCli(name));

    public string Name { get; }

    public OpenStackCli Cli { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("cloudmanager-lab-").FullName;

    public static async Task<LabProject> CreateAsync()
    {
        Environment.SetEnvironmentVariable(TheLab.PasswordVariable, TheLab.Password);
        var project = new LabProject($"lab-{Guid.NewGuid():N}"[..12]);
        await OpenStackCli.Admin.DoAsync("project", "create", project.Name);
        await OpenStackCli.Admin.DoAsync("role", "add", "--user", "demo", "--project", project.Name, "member");
        return project;
    }

    /// <summary>A host whose pool <c>lab</c> is this project.</summary>
    public Task<HostProcess> StartHostAsync(Action<JsonArray>? change = null, params string[] options) =>
        HostProcess.StartAsync(Folder, WriteAdapters(change), ["--demo", .. options]);

    /// <summary>The lab's adapters.json with this project instead of <c>demo</c>, and what the test changes in its pools.</summary>
    public string WriteAdapters(Action<JsonArray>? change)
    {
        var shipped = Path.Combine(Repository.Root, "labs", "openstack", "adapters.json");
        var file = JsonNode.Parse(File.ReadAllText(shipped))!;
        var pools = file["pools"]!.AsArray();
        var settings = pools[0]!["settings"]!;
        settings["authUrl"] = TheLab.Keystone;
        settings["auth"]!["project"] = Name;
        change?.Invoke(pools);
        var path = Path.Combine(Folder, "adapters.json");
        File.WriteAllText(path, file.ToJsonString());
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (kind, words) in Leftovers)
        {
            foreach (var row in await Cli.ListAsync([.. kind, "list"]))
            {
                await Cli.RunAsync([.. kind, "delete", .. words, row["ID"]!.GetValue<string>()]);
            }
        }

        await OpenStackCli.Admin.RunAsync("project", "delete", Name);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What a failed test may leave, in the order in which it can be deleted.</summary>
    private static IEnumerable<(string[] Kind, string[] Words)> Leftovers =>
        [(["server"], ["--wait"]), (["floating", "ip"], []), (["volume"], ["--force"])];
}
