using System.Globalization;
using CloudManager.Client;
using CloudManager.Client.Requests;

namespace CloudManager.Cli.Output;

/// <summary>How values are written for people.</summary>
internal static class Texts
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>What stands where there is nothing.</summary>
    public const string None = "-";

    public static string Of(string? text) => string.IsNullOrEmpty(text) ? None : text;

    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>With all its places, as money is written.</summary>
    public static string Of(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? None;

    /// <summary>China's time, to the minute.</summary>
    public static string Of(DateTimeOffset? instant) =>
        instant?.ToOffset(China).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? None;

    /// <summary>To the second.</summary>
    public static string Exact(DateTimeOffset instant) =>
        instant.ToOffset(China).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>As it goes over the wire.</summary>
    public static string Iso(DateTimeOffset instant) =>
        instant.ToOffset(China).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string Percent(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? None;

    /// <summary>A share of one as percent.</summary>
    public static string Share(double value) => (value * 100).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Bytes(double? value) => value?.ToString("0", CultureInfo.InvariantCulture) ?? None;

    public static string Of(bool value, Language language) =>
        (value ? new Words("是", "yes") : new Words("否", "no")).In(language);

    public static string Of(Bilingual? words, Language language) =>
        words is null ? None
        : language == Language.Zh ? words.Zh
        : words.En;

    /// <summary>A spec in one line, the members as the API names them.</summary>
    public static string Of(Spec spec)
    {
        (string Name, string? Value)[] members =
        [
            ("vcpus", spec.Vcpus?.ToString()),
            ("memoryGiB", spec.MemoryGiB?.ToString()),
            ("image", spec.Image),
            ("sizeGiB", spec.SizeGiB?.ToString()),
            ("bandwidthMbps", spec.BandwidthMbps?.ToString()),
            ("cidr", spec.Cidr),
            ("attachTo", spec.AttachTo?.ToString()),
            ("network", spec.Network?.ToString()),
            ("description", spec.Description),
        ];
        var given = members.Where(m => m.Value is not null).Select(m => $"{m.Name}={m.Value}");
        return Of(string.Join(' ', given));
    }

    /// <summary>Without what would move a terminal's cursor or change its colours.</summary>
    public static string Harmless(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
