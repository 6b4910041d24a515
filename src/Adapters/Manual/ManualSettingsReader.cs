using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Manual;

/// <summary>Reads the settings of a pool without an interface; every fault is named by its path.</summary>
internal sealed class ManualSettingsReader(List<SettingFault> faults)
{
    private const int MostGiB = 1_000_000;
    private const int MostMbps = 1_000_000;
    private const string NameExpected = "a name of 1 to 200 characters that no other row has";
    private static readonly string[] Known = ["limits", "flavours", "images", "volumeTypes"];
    private static readonly string[] KnownLimits = ["largestVolumeGiB", "largestBandwidthMbps"];
    private static readonly string[] KnownFlavour = ["flavour", "vcpus", "memoryGiB"];

    /// <summary>Nothing is called, so no call is ever uncertain or repeated.</summary>
    private static CloudLimits Unlimited { get; } = new() { CreateIsIdempotent = true };

    public static ManualSettings Read(JsonElement settings, List<SettingFault> faults) =>
        new ManualSettingsReader(faults).Settings(settings);

    private ManualSettings Settings(JsonElement settings)
    {
        RefuseOthers(settings, "", Known);
        var limits = Member(settings, "limits") is { } given && IsObject(given, "limits") ? Limits(given) : Unlimited;
        var declares = Known.Skip(1).Any(name => Member(settings, name) is not null);
        var offers = new DeclaredOffers(
            Rows(settings, "flavours", Flavour),
            Rows(settings, "images", Image),
            Rows(settings, "volumeTypes", VolumeType)
        );
        return new ManualSettings(limits, declares ? offers : null);
    }

    private CloudLimits Limits(JsonElement limits)
    {
        RefuseOthers(limits, "limits", KnownLimits);
        return Unlimited with
        {
            LargestVolumeGiB = Whole(limits, "limits", "largestVolumeGiB", MostGiB, isRequired: false),
            LargestBandwidthMbps = Whole(limits, "limits", "largestBandwidthMbps", MostMbps, isRequired: false),
        };
    }

    private CloudFlavour? Flavour(JsonElement row, string path, HashSet<string> seen)
    {
        if (!IsObject(row, path))
        {
            return null;
        }

        RefuseOthers(row, path, KnownFlavour);
        var name = Member(row, "flavour");
        if (name is null)
        {
            faults.Add(new SettingFault($"{path}.flavour", null, NameExpected));
        }

        var flavour = name is { } given ? Name(given, $"{path}.flavour", seen) : null;
        var vcpus = Whole(row, path, "vcpus", 1024, isRequired: true);
        var memory = Whole(row, path, "memoryGiB", 65_536, isRequired: true);
        return flavour is null || vcpus is null || memory is null
            ? null
            : new CloudFlavour(flavour, new ServerSize(vcpus.Value, memory.Value));
    }

    private CloudImage? Image(JsonElement row, string path, HashSet<string> seen) =>
        Name(row, path, seen) is { } name ? new CloudImage(name, name, null) : null;

    private CloudVolumeType? VolumeType(JsonElement row, string path, HashSet<string> seen) =>
        Name(row, path, seen) is { } name ? new CloudVolumeType(name) : null;

    private List<T> Rows<T>(JsonElement settings, string name, Func<JsonElement, string, HashSet<string>, T?> read)
        where T : class
    {
        if (Member(settings, name) is not { } list)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new SettingFault(name, list.GetRawText(), "a list"));
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. list.EnumerateArray().Select((row, i) => read(row, $"{name}[{i}]", seen)).OfType<T>()];
    }

    private string? Name(JsonElement value, string path, HashSet<string> seen)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 200 || !seen.Add(text))
        {
            faults.Add(new SettingFault(path, value.GetRawText(), NameExpected));
            return null;
        }

        return text;
    }

    private int? Whole(JsonElement holder, string path, string name, int most, bool isRequired)
    {
        var value = Member(holder, name);
        if (value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole))
        {
            if (whole >= 1 && whole <= most)
            {
                return whole;
            }
        }

        if (value is not null || isRequired)
        {
            var expected = $"a whole number from 1 to {most}";
            faults.Add(new SettingFault($"{path}.{name}", value?.GetRawText(), expected));
        }

        return null;
    }

    private bool IsObject(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        faults.Add(new SettingFault(path, value.GetRawText(), "an object"));
        return false;
    }

    private void RefuseOthers(JsonElement holder, string path, string[] known)
    {
        foreach (var member in holder.EnumerateObject().Where(m => !known.Contains(m.Name)))
        {
            var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            var expected = $"no such member; known are {string.Join(", ", known)}";
            faults.Add(new SettingFault(at, member.Value.GetRawText(), expected));
        }
    }

    private static JsonElement? Member(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) ? value : null;
}
