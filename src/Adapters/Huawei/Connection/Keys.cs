using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>How operation keys stand in the cloud.</summary>
internal static class Keys
{
    /// <summary>The tag of servers and volumes.</summary>
    public const string Tag = "cloudmanager-key";

    /// <summary>The member of metadata, where there are no tags in the create.</summary>
    public const string Metadata = "cloudmanager_key";

    private const string DescriptionPrefix = "cloudmanager ";

    /// <summary>An alias has 64 characters; the longest key leaves this much.</summary>
    private const string AliasPrefix = "cmk.";

    public static string Describe(OperationKey key) => DescriptionPrefix + key.Value;

    public static string Alias(OperationKey key) => AliasPrefix + key.Value;

    public static OperationKey? FromDescription(string? description) => After(description, DescriptionPrefix);

    public static OperationKey? FromAlias(string? alias) => After(alias, AliasPrefix);

    /// <summary>From a server's tags, <c>name=value</c>, in private editions <c>name.value</c>.</summary>
    public static OperationKey? FromTags(IReadOnlyList<string>? tags) =>
        tags?.Select(tag => After(tag, Tag + "=") ?? After(tag, Tag + ".")).FirstOrDefault(key => key is not null);

    /// <summary>From a volume's tags or metadata.</summary>
    public static OperationKey? FromMaps(
        IReadOnlyDictionary<string, string>? tags,
        IReadOnlyDictionary<string, string>? metadata
    ) => Parse(tags?.GetValueOrDefault(Tag)) ?? Parse(metadata?.GetValueOrDefault(Metadata));

    private static OperationKey? After(string? text, string prefix) =>
        text?.StartsWith(prefix, StringComparison.Ordinal) == true ? Parse(text[prefix.Length..]) : null;

    /// <summary>The key a text is; null where it cannot be one.</summary>
    private static OperationKey? Parse(string? text)
    {
        var fits =
            text is { Length: > 0 and <= OperationKey.MaxLength }
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return fits ? new OperationKey(text!) : null;
    }
}
