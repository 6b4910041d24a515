using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings.Judging;

/// <summary>What the inventory's finding says of a state that lasts: off, attached to nothing.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Since">The first whole day on which it was so.</param>
/// <param name="IsFresh">Whether the inventory saw it on the day before the judgement.</param>
internal sealed record LastingFacts(Finding Finding, DateOnly Since, bool IsFresh)
{
    /// <summary>As it stood when the day began.</summary>
    public static LastingFacts Of(Finding finding, DateOnly day)
    {
        var first = China.Day(finding.OpenedAt);
        var since = China.StartOf(first) < finding.OpenedAt ? first.AddDays(1) : first;
        return new(finding, since, finding.LastSeenAt >= China.StartOf(day.AddDays(-1)));
    }
}
