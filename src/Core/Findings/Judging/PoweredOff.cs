namespace CloudManager.Core.Findings.Judging;

/// <summary>Powered off for long (长期关机, art. 22): in service and not running for as many days as the policy lets pass.</summary>
internal static class PoweredOff
{
    public static RuleVerdict Judge(LastingFacts? facts, DateOnly day, PolicyNumbers numbers) =>
        LastingState.Judge(FindingKind.PoweredOff, facts, (day, numbers.PoweredOffDays), RuleWords.OffSince);
}
