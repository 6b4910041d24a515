namespace CloudManager.Lab.Tests.Support;

/// <summary>The real OpenStack of labs/openstack, where it runs.</summary>
internal static class TheLab
{
    public const string Missing = "needs labs/openstack/up.sh and its Keystone in CLOUDMANAGER_LAB";
    public const string NoGuests = "needs the lab with LAB_LIBVIRT=1, also in this environment";
    public const string PasswordVariable = "CLOUDMANAGER_LAB_PASSWORD";

    /// <summary>Keystone's address; null where no lab runs.</summary>
    public static string? Keystone { get; } = Named("CLOUDMANAGER_LAB");

    public static bool IsThere => Keystone is not null;

    /// <summary>Whether it has a host of real guests.</summary>
    public static bool HasGuests => IsThere && Named("LAB_LIBVIRT") == "1";

    public static string Password => Named(PasswordVariable) ?? "labsecret";

    /// <summary>A number from the environment, else the small one for everyday.</summary>
    public static int Number(string variable, int otherwise) =>
        Named(variable) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    private static string? Named(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
