namespace CloudManager.Core.Findings.Judging;

/// <summary>Idle volume (闲置云硬盘, art. 22): attached to nothing for as many days as the policy lets pass.</summary>
internal static class IdleVolume
{
    public static RuleVerdict Judge(LastingFacts? facts, DateOnly day, PolicyNumbers numbers) =>
        LastingState.Judge(FindingKind.IdleVolume, facts, (day, numbers.IdleVolumeDays), RuleWords.DetachedSince);
}
