using CloudManager.Core.Findings;

namespace CloudManager.Api.Findings;

/// <summary>Drafts or revises a policy; numbers that are left out are those the platform starts with.</summary>
/// <param name="Numbers">The numbers.</param>
/// <param name="Region">The region's code; of a draft alone; the caller's own if not given.</param>
internal sealed record PolicyBody(PolicyNumbers Numbers, string? Region = null);

/// <param name="EffectiveFrom">The first day on which a judgement goes by it; today or later.</param>
/// <param name="Document">The document that approves it.</param>
internal sealed record ApprovalBody(DateOnly EffectiveFrom, PolicyDocument Document);

/// <param name="Id">Region and version, e.g. <c>430000-v2</c>.</param>
/// <param name="Region">The region's code.</param>
/// <param name="Version">Counted in the region from 1; 0 is what the platform starts with.</param>
/// <param name="State">draft, approved or withdrawn.</param>
/// <param name="EffectiveFrom">The first day on which a judgement goes by it; null for a draft.</param>
/// <param name="Document">What approved it; null for a draft and for version 0.</param>
/// <param name="Numbers">The numbers.</param>
/// <param name="Revision">What If-Match speaks of.</param>
internal sealed record PolicyView(
    string Id,
    string Region,
    int Version,
    PolicyState State,
    DateOnly? EffectiveFrom,
    PolicyDocument? Document,
    PolicyNumbers Numbers,
    int Revision
)
{
    public static PolicyView Of(MonitoringPolicy policy) =>
        new(
            policy.Name,
            policy.Region,
            policy.Version,
            policy.State,
            policy.EffectiveFrom,
            policy.Document,
            policy.Numbers,
            policy.Revision
        );
}

/// <summary>Names of policies as they stand in paths.</summary>
internal static class PolicyNames
{
    /// <summary>Reads region and version; false for any other text.</summary>
    public static bool TryParse(string text, out (string Region, int Version) name)
    {
        var cut = text.LastIndexOf("-v", StringComparison.Ordinal);
        var right =
            cut > 0
            && text.Length <= 40
            && int.TryParse(
                text.AsSpan(cut + 2),
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out _
            );
        name = right
            ? (text[..cut], int.Parse(text.AsSpan(cut + 2), System.Globalization.CultureInfo.InvariantCulture))
            : ("", 0);
        return right && $"{name.Region}-v{name.Version}" == text;
    }
}
