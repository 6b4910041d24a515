using System.Net;
using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface;

/// <summary>The settings of a pool reached by its open interface.</summary>
internal sealed record OpenInterfaceSettings
{
    /// <summary>The address that <c>/open/v1</c> follows, e.g. <c>https://cloud.example</c>.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The key every call bears.</summary>
    public required string Key { get; init; }

    /// <summary>A PEM file of the authorities to trust besides the system's; null: the system's alone.</summary>
    public string? CaFile { get; init; }

    /// <summary>Whether the system's proxy is used.</summary>
    public bool UseProxy { get; init; } = true;
}

/// <summary>Reads the settings and lists everything wrong with them.</summary>
internal static class OpenInterfaceSettingsReader
{
    private const string Address = "an https address without user, query and fragment, e.g. https://cloud.example";

    private static readonly Uri Nowhere = new("https://invalid.invalid/");

    /// <summary>The settings; usable only if no fault was added.</summary>
    public static OpenInterfaceSettings Read(JsonElement settings, List<SettingFault> faults)
    {
        if (!SettingsCursor.IsObject(settings, "", faults))
        {
            return new OpenInterfaceSettings { BaseUrl = Nowhere, Key = "" };
        }

        var cursor = new SettingsCursor(settings, "", faults);
        var read = new OpenInterfaceSettings
        {
            BaseUrl = BaseUrl(cursor),
            Key = Key(cursor),
            CaFile = cursor.Text("caFile", "the path of a PEM file"),
            UseProxy = cursor.Flag("useProxy", true),
        };
        cursor.RefuseRest();
        return read;
    }

    private static string Key(SettingsCursor cursor)
    {
        const string Expected = "a reference to the provider's key, e.g. env:CITY_KEY";
        var key = cursor.Needed("key", Expected);
        if (key.Any(letter => !char.IsAscii(letter) || char.IsControl(letter) || letter == ' '))
        {
            cursor.Fault("key", cursor.Raw("key"), "a key of printable ASCII characters without spaces");
        }

        return key;
    }

    private static Uri BaseUrl(SettingsCursor cursor)
    {
        var text = cursor.Needed("baseUrl", Address);
        if (text.Length == 0)
        {
            return Nowhere;
        }

        if (
            !Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length > 0
        )
        {
            cursor.Fault("baseUrl", cursor.Raw("baseUrl"), Address);
            return Nowhere;
        }

        if (uri.Scheme == "http" && !IsLoopback(uri))
        {
            // The key goes with every call, and on a private network it can be read as well as on a public one.
            cursor.Fault(
                "baseUrl",
                cursor.Raw("baseUrl"),
                $"{Address}; plain http is taken only for a loopback address (127.0.0.1, ::1, localhost), not even "
                    + "within a private network, as the key would go over it unprotected"
            );
        }

        return uri;
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost"
        || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
