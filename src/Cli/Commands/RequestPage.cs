using CloudManager.Cli.Output;
using CloudManager.Client.Requests;
using CloudManager.Client.WorkOrders;

namespace CloudManager.Cli.Commands;

/// <summary>A request as people read it: its lines, deadlines, history, orders and what may be done now.</summary>
internal static class RequestPage
{
    private static readonly Words Removed = new("移除", "removed");

    public static Column<Request>[] Columns { get; } =
    [
        new("申请", "request", r => r.Id),
        new("类型", "type", r => r.Type),
        new("状态", "state", r => r.State),
        new("单位", "tenant", r => r.Tenant),
        new("系统", "system", r => r.System),
        new("理由", "reason", r => r.Reason),
        new("时限", "due", r => Texts.Of(Running(r)?.DueAt)),
        new("逾期", "overdue", r => Running(r) is { Overdue: true } late ? late.Step : Texts.None),
        new("可办理", "actions", r => Texts.Of(string.Join(' ', r.Actions))),
    ];

    public static void Show(Screen screen, Request request, IReadOnlyList<WorkOrder>? orders = null)
    {
        screen.Fields(
            (new("申请", "request"), request.Id),
            (new("类型", "type"), request.Type),
            (new("状态", "state"), request.State),
            (new("单位", "tenant"), request.Tenant),
            (new("系统", "system"), request.System),
            (new("理由", "reason"), request.Reason),
            (new("工单状态", "order"), request.Order),
            (
                new("技术部门会签", "concurred"),
                request.Concurred is { } said ? Texts.Of(said, screen.Language) : Texts.None
            ),
            (new("有异议", "disputed"), Texts.Of(request.Disputed, screen.Language)),
            (new("测试报告", "test report"), Texts.Of(request.TestSummary)),
            (new("完成日", "completed on"), Texts.Of(request.CompletedOn)),
            (new("单位主张的完成日", "proposed completion"), Texts.Of(request.ProposedCompletion)),
            (new("服务终止日", "ended on"), Texts.Of(request.EndedOn)),
            (new("创建时间", "created at"), Texts.Of(request.CreatedAt)),
            (new("版本", "version"), Texts.Of(request.Version)),
            (new("可办理", "actions"), Texts.Of(string.Join(' ', request.Actions)))
        );
        Lines(screen, request);
        Deadlines(screen, request);
        History(screen, request);
        if (orders is not null)
        {
            Orders(screen, orders);
        }
    }

    private static Deadline? Running(Request request) =>
        request.Deadlines.Where(d => d.ClosedAt is null).MinBy(d => d.DueAt);

    private static void Lines(Screen screen, Request request)
    {
        screen.Heading("申请明细", "Lines");
        screen.Table<RequestLine>(
            request.Lines,
            new("行", "no", l => Texts.Of(l.No), right: true),
            new("目录项", "item", l => l.Item),
            new("数量", "quantity", l => Texts.Of(l.Quantity), right: true),
            new("云资源", "resource", l => Texts.Of(l.Resource ?? l.To)),
            new("现有规格", "was", l => l.Was is { } was ? Texts.Of(was) : Texts.None),
            new("规格", "spec", l => l.Remove == true ? Removed.In(screen.Language) : Texts.Of(l.Spec)),
            new("资源池", "pool", l => l.Pool),
            new("云服务商", "provider", l => l.Provider)
        );
    }

    private static void Deadlines(Screen screen, Request request)
    {
        if (request.Deadlines.Count == 0)
        {
            return;
        }

        screen.Heading("时限", "Deadlines");
        screen.Table<Deadline>(
            request.Deadlines,
            new("环节", "step", d => d.Step),
            new("起", "started", d => Texts.Of(d.StartedAt)),
            new("截止", "due", d => Texts.Exact(d.DueAt)),
            new("完成", "closed", d => Texts.Of(d.ClosedAt)),
            new("逾期", "overdue", d => Texts.Of(d.Overdue, screen.Language))
        );
    }

    private static void History(Screen screen, Request request)
    {
        screen.Heading("办理过程", "History");
        screen.Table<HistoryEntry>(
            request.History,
            new("时间", "at", h => Texts.Of(h.At)),
            new("账号", "by", h => h.By),
            new("单位", "organisation", h => Texts.Of(h.Organisation)),
            new("办理", "action", h => h.Action),
            new("意见", "opinion", h => Texts.Of(h.Opinion))
        );
    }

    private static void Orders(Screen screen, IReadOnlyList<WorkOrder> orders)
    {
        if (orders.Count == 0)
        {
            return;
        }

        screen.Heading("工单", "Work orders");
        screen.Table<WorkOrder>(
            orders,
            new("工单", "order", o => o.Id),
            new("种类", "kind", o => o.Kind),
            new("状态", "state", o => o.State),
            new("资源池", "pool", o => o.Pool),
            new("下达", "issued", o => Texts.Of(o.IssuedAt)),
            new("办结", "ended", o => Texts.Of(o.EndedAt)),
            new("原因", "reason", o => Texts.Of(o.Reason, screen.Language))
        );
    }
}
