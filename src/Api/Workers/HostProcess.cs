using System.Diagnostics;
using System.Globalization;

namespace CloudManager.Api.Workers;

/// <summary>This host and process, as it stands at the long work that it does.</summary>
internal static class HostProcess
{
    /// <summary>A host that was silent this long is gone, wherever it ran.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    public static string Name { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    /// <summary>Whether the host that was last heard of at the instant will not go on with its work.</summary>
    public static bool IsGone(string owner, DateTimeOffset seenAt, DateTimeOffset now)
    {
        var parts = owner.Split('/');
        return now - seenAt > Silence || (parts.Length == 2 && parts[0] == Environment.MachineName && !Lives(parts[1]));
    }

    private static bool Lives(string process)
    {
        var id = int.Parse(process, CultureInfo.InvariantCulture);
        return id != Environment.ProcessId && Process.GetProcesses().Any(it => it.Id == id);
    }
}
