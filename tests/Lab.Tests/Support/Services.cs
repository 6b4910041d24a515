using System.Diagnostics;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Lab.Tests.Support;

/// <summary>Stops and starts single services of the lab.</summary>
internal static class Services
{
    /// <summary>Those that answer the API.</summary>
    public static IReadOnlyList<string> Apis { get; } =
    ["keystone", "nova-api", "cinder-api", "neutron-server", "glance-api", "placement"];

    public static Task StopAsync(string name) => RunAsync("stop", name);

    public static Task StartAsync(string name) => RunAsync("start", name);

    private static async Task RunAsync(string what, string name)
    {
        var script = Path.Combine(Repository.Root, "labs", "openstack", "service.sh");
        // What it starts lives on and would hold our pipes: so none.
        using var process = Process.Start(new ProcessStartInfo(script, [what, name]) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
