using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Documents.Charts;
using CloudManager.Documents.Html;

namespace CloudManager.Documents.Reports;

/// <summary>What became of the requests, and whether the deadlines were kept (art. 19).</summary>
internal static class RequestsPart
{
    private static readonly Series Kept = new("c", ("按期", "kept"));
    private static readonly Series Missed = new("bad", ("逾期", "missed"));

    public static Piece Render(RequestFigures figures) =>
        Piece.Join([Types(figures.ByType), Steps(figures.Deadlines), Chart(figures.Deadlines), Misses(figures.Missed)]);

    private static Piece Types(IReadOnlyList<RequestCounts> types)
    {
        var table = new Table(
            ("当月申请办理", "Requests in the month"),
            new(("类型", "type"), false),
            new(("提交", "submitted")),
            new(("受理", "accepted")),
            new(("不予受理", "not accepted")),
            new(("批准", "approved")),
            new(("不予批准", "rejected")),
            new(("交付", "delivered")),
            new(("确认", "confirmed")),
            new(("撤回", "withdrawn")),
            new(("到期失效", "expired"))
        );
        foreach (var type in types)
        {
            table.Row(
                Cell.Both(Vocabulary.Type(type.Type)),
                Cell.Of(type.Submitted),
                Cell.Of(type.Accepted),
                Cell.Of(type.NotAccepted),
                Cell.Of(type.Approved),
                Cell.Of(type.Rejected),
                Cell.Of(type.Delivered),
                Cell.Of(type.Confirmed),
                Cell.Of(type.Withdrawn),
                Cell.Of(type.Expired)
            );
        }

        return table.Render();
    }

    private static Piece Steps(IReadOnlyList<DeadlineCounts> steps)
    {
        var table = new Table(
            ("时限执行", "Deadlines"),
            new(("环节", "step"), false),
            new(("责任方", "responsible"), false),
            new(("按期", "kept")),
            new(("逾期", "missed")),
            new(("逾期办结", "taken late")),
            new(("因故终止", "fell away")),
            new(("月末在办", "running")),
            new(("月末逾期未办", "overdue"))
        );
        foreach (var step in steps)
        {
            table.Row(
                Cell.Both(Vocabulary.Step(step.Step)),
                Cell.Both(Vocabulary.Who(step.Responsible)),
                Cell.Of(step.Kept),
                Cell.Of(step.Missed),
                Cell.Of(step.TakenLate),
                Cell.Of(step.FellAway),
                Cell.Of(step.Running),
                Cell.Of(step.Overdue)
            );
        }

        return table.Render();
    }

    private static Piece Chart(IReadOnlyList<DeadlineCounts> steps)
    {
        var groups = steps.Select(s =>
        {
            var (step, who) = (Vocabulary.Step(s.Step), Vocabulary.Who(s.Responsible));
            return new BarGroup(
                $"{step.Zh} {step.En} · {who.Zh} {who.En}",
                [new(Kept, s.Kept, Numbers.Whole(s.Kept)), new(Missed, s.Missed, Numbers.Whole(s.Missed))]
            );
        });
        return new BarChart
        {
            Id = "deadlines",
            Title = ("各环节时限按期与逾期", "Deadlines kept and missed by step"),
            Unit = ("件", "deadlines"),
            Axis = Axis.For(steps.SelectMany(s => new double[] { s.Kept, s.Missed }), 5, 1),
            Groups = [.. groups],
        }.Render();
    }

    private static Piece Misses(IReadOnlyList<MissedDeadline> misses)
    {
        var table = new Table(
            ("当月逾期明细", "Deadlines missed in the month"),
            new(("申请", "request"), false),
            new(("环节", "step"), false),
            new(("责任方", "responsible"), false),
            new(("申请单位", "tenant"), false),
            new(("到期", "due")),
            new(("办结", "taken"))
        );
        foreach (var miss in misses.OrderBy(m => m.Responsible))
        {
            table.Row(
                Cell.Id(miss.Request),
                Cell.Both(Vocabulary.Step(miss.Step)),
                Cell.Both(Vocabulary.Who(miss.Responsible)),
                Cell.Name(miss.Tenant.Name, miss.Tenant.Code),
                Cell.Of(Instant(miss.DueAt)),
                miss.ClosedAt is { } closed ? Cell.Of(Instant(closed)) : Cell.Both(("未办", "not by month's end"))
            );
        }

        return table.Render();
    }

    private static string Instant(DateTimeOffset at) =>
        China.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
