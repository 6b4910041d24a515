using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>How operation keys stand in the cloud, where tags cannot hold them.</summary>
internal static class Keys
{
    /// <summary>The member of volumes' and snapshots' metadata.</summary>
    public const string Metadata = "cloudmanager_key";

    private const string Prefix = "cloudmanager ";

    /// <summary>A description that is a key: written with the create itself, so that no crash comes between.</summary>
    public static string Describe(OperationKey key) => Prefix + key.Value;

    /// <summary>The key a description is; null for one somebody else wrote.</summary>
    public static OperationKey? FromDescription(string? description) =>
        description?.StartsWith(Prefix, StringComparison.Ordinal) == true ? Parse(description[Prefix.Length..]) : null;

    /// <summary>The key that metadata holds; null where they hold none.</summary>
    public static OperationKey? FromMetadata(IReadOnlyDictionary<string, string>? metadata) =>
        Parse(metadata?.GetValueOrDefault(Metadata));

    /// <summary>The key a text is; null where it cannot be one.</summary>
    public static OperationKey? Parse(string? text)
    {
        var fits =
            text is { Length: > 0 and <= OperationKey.MaxLength }
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return fits ? new OperationKey(text!) : null;
    }
}
