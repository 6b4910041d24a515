using CloudManager.Core.Kernel;

namespace CloudManager.Core.Billing;

/// <summary>
/// Compares what a resource owes for a closed month now with what it was charged: a line that is wrong is taken back, a
/// line that is missing is added. What is right stays as it is, so that a second look finds nothing.
/// </summary>
internal static class Corrections
{
    private static readonly Bilingual TakenBack = (
        "服务起止日期已更正，冲回原计费用",
        "the service interval was corrected; what was charged is taken back"
    );
    private static readonly Bilingual ChargedAnew = (
        "按更正后的服务起止日期重新计费",
        "charged anew by the corrected service interval"
    );
    private static readonly Bilingual ChargedLate = (
        "确认时当月已结账，补计当月费用",
        "confirmed after the month was closed; charged in arrears"
    );

    /// <summary>The corrections, without ids.</summary>
    /// <param name="due">What is owed now.</param>
    /// <param name="charged">Every line of the month so far, oldest first: use and earlier corrections.</param>
    public static IReadOnlyList<BillLine> Of(IReadOnlyList<BillLine> due, IReadOnlyList<BillLine> charged)
    {
        var gone = charged.Where(IsTakingBack).Select(l => l.Corrects).ToHashSet();
        var standing = charged.Where(l => !IsTakingBack(l) && !gone.Contains(l.Id)).ToList();
        var wrong = standing.Where(l => !due.Any(d => Same(d, l))).ToList();
        var missing = due.Where(d => !standing.Exists(l => Same(d, l)));
        var corrections = wrong.ConvertAll(TakeBack);
        foreach (var line in missing)
        {
            var replaces = wrong.Find(l => l.Component == line.Component);
            corrections.Add(
                line with
                {
                    Kind = BillLineKind.Adjustment,
                    Corrects = replaces?.Id,
                    Reason = replaces is null ? ChargedLate : ChargedAnew,
                }
            );
        }

        return corrections;
    }

    private static BillLine TakeBack(BillLine line) =>
        line with
        {
            Kind = BillLineKind.Adjustment,
            Days = -line.Days,
            Amount = -line.Amount,
            Corrects = line.Id,
            Reason = TakenBack,
        };

    private static bool IsTakingBack(BillLine line) => line.Days < 0;

    private static bool Same(BillLine one, BillLine other) =>
        (one.Item, one.Component, one.Quantity, one.UnitPrice, one.Contract)
            == (other.Item, other.Component, other.Quantity, other.UnitPrice, other.Contract)
        && (one.From, one.Until, one.Amount) == (other.From, other.Until, other.Amount);
}
