namespace CloudManager.Adapters.OpenStack;

/// <summary>The release by the newest microversion its Nova speaks: https://docs.openstack.org/nova/latest/reference/api-microversion-history.html</summary>
internal static class Releases
{
    private static readonly IReadOnlyList<(int Nova, string Name)> Known =
    [
        (53, "Pike"),
        (60, "Queens"),
        (65, "Rocky"),
        (72, "Stein"),
        (79, "Train"),
        (87, "Ussuri or Victoria"),
        (88, "Wallaby"),
        (90, "Xena or Yoga"),
        (93, "Zed"),
        (95, "2023.1 or 2023.2"),
        (96, "2024.1 or 2024.2"),
    ];

    /// <summary>The release's name.</summary>
    public static string NameOf(Microversion nova)
    {
        var release = Known.FirstOrDefault(release => nova.Minor <= release.Nova);
        return release.Name ?? "2025.1 or later";
    }
}
