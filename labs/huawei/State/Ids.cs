using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Labs.Huawei.State;

/// <summary>Ids that depend on the seed and on nothing else.</summary>
internal sealed class Ids(int seed)
{
    private long count;

    /// <summary>A UUID for a resource.</summary>
    public string Next() => Fixed($"next-{++count}");

    /// <summary>32 hex digits for a job or a request.</summary>
    public string NextHex() => Next().Replace("-", "", StringComparison.Ordinal);

    /// <summary>The UUID that belongs to a name.</summary>
    public string Fixed(string name) => new Guid(Hash(name).AsSpan(0, 16)).ToString();

    /// <summary>The UUID of the n-th thing of a kind that exists from the start.</summary>
    public string Numbered(string kind, int index) => $"{Prefix(kind)}{index:x12}";

    /// <summary>The number in such a UUID; null if it is none of this kind.</summary>
    public int? NumberIn(string kind, int count, string id) =>
        id.Length == 36
        && id.StartsWith(Prefix(kind), StringComparison.Ordinal)
        && int.TryParse(id.AsSpan(24), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var index)
        && index >= 0
        && index < count
            ? index
            : null;

    private string Prefix(string kind) => $"{Convert.ToHexStringLower(Hash(kind).AsSpan(0, 4))}-0000-4000-8000-";

    private byte[] Hash(string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{name}"));
}
