namespace CloudManager.Core.Findings.Judging;

/// <summary>Idle address (闲置公网地址, art. 22): bound to nothing for as many days as the policy lets pass.</summary>
internal static class IdleAddress
{
    public static RuleVerdict Judge(LastingFacts? facts, DateOnly day, PolicyNumbers numbers) =>
        LastingState.Judge(FindingKind.IdleAddress, facts, (day, numbers.IdleAddressDays), RuleWords.DetachedSince);
}
