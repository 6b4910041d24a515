using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>Operation keys as tags, which stand in the create itself, so that no crash comes between.</summary>
internal static class Keys
{
    /// <summary>The tag of what was made under the key.</summary>
    public const string Tag = "cloudmanager-key";

    /// <summary>The tag of a system disk, which is no volume of its own: the key of its server.</summary>
    public const string SystemDiskTag = "cloudmanager-server-key";

    /// <summary>The tag that EC2's own console shows as the name.</summary>
    public const string Name = "Name";

    /// <summary>The tags of a thing to be made.</summary>
    public static TagSpecification Specification(ResourceType type, string name, OperationKey key, string tag = Tag) =>
        new()
        {
            ResourceType = type,
            Tags = [new Amazon.EC2.Model.Tag(Name, name), new Amazon.EC2.Model.Tag(tag, key.Value)],
        };

    /// <summary>What finds the things made under the key.</summary>
    public static Filter With(OperationKey key) => new($"tag:{Tag}", [key.Value]);

    /// <summary>The key among the tags; null where there is none.</summary>
    public static OperationKey? Of(IReadOnlyList<Amazon.EC2.Model.Tag>? tags)
    {
        var text = Value(tags, Tag);
        var fits =
            text is { Length: > 0 and <= OperationKey.MaxLength }
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return fits ? new OperationKey(text!) : null;
    }

    /// <summary>The name among the tags, or else the identifier.</summary>
    public static string NameOf(IReadOnlyList<Amazon.EC2.Model.Tag>? tags, string id) =>
        Value(tags, Name) is { Length: > 0 } name ? name : id;

    public static string? Value(IReadOnlyList<Amazon.EC2.Model.Tag>? tags, string tag) =>
        tags?.FirstOrDefault(each => each.Key == tag)?.Value;
}
