namespace CloudManager.Architecture.Tests;

/// <summary>The stations of Core in the order of the way of the data; each may use those before it.</summary>
internal static class Stations
{
    private const string Core = "CloudManager.Core";

    private static readonly string[] InOrder =
    [
        "Calendar",
        "Organisations",
        "Pools",
        "Catalogue",
        "Requests",
        "WorkOrders",
        // Resources before Provisioning: a task works on a resource that was put on record before the task was planned,
        // so the engine knows resources and a resource knows nothing of the engine that makes it.
        "Resources",
        "Provisioning",
        "Metering",
        "Findings",
        "Forecasts",
        "Notices",
        "Billing",
        // After Billing: what is taken over is shown with its monthly price. What it finds it hands to Findings.
        "Inventory",
        "Settlements",
        "Reports",
    ];

    /// <summary>Serve every station and use none.</summary>
    private static readonly string[] ServeAll = ["Kernel", "Audit", "Documents"];

    public static IReadOnlyList<string> Known { get; } = [.. InOrder, .. ServeAll];

    /// <summary>The station a namespace of Core belongs to; null outside of Core.</summary>
    public static string? Of(string space)
    {
        var parts = space.Split('.');
        return space == Core || space.StartsWith($"{Core}.", StringComparison.Ordinal)
            ? parts.ElementAtOrDefault(2) ?? ""
            : null;
    }

    public static bool Allows(string from, string to)
    {
        if (from == to)
        {
            return true;
        }

        if (ServeAll.Contains(to))
        {
            // The kernel stands below the other two.
            return from != "Kernel" && (to == "Kernel" || !ServeAll.Contains(from));
        }

        var (user, used) = (Array.IndexOf(InOrder, from), Array.IndexOf(InOrder, to));
        return user >= 0 && used >= 0 && used < user;
    }
}
