using System.CommandLine;
using System.Globalization;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client;
using CloudManager.Client.Billing;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr bills: what tenants owe, line by line, and what is expected outside the bills.</summary>
internal static class BillsCommand
{
    public static Command Build(Shell shell)
    {
        var month = Shapes.Month.Option("--month", shell.Say("月份 yyyy-MM", "yyyy-MM"));
        var tenant = Shapes.Text.Option("--tenant", shell.Say("云使用单位", "of a tenant"));
        var provider = Shapes.Text.Option("--provider", shell.Say("云服务商", "of a provider"));
        var paging = new Paging(shell);
        return shell
            .Signed(
                "bills",
                shell.Say("账单", "bills"),
                (call, token) =>
                {
                    var query = new BillQuery
                    {
                        Month = call.Parsed.GetValue(month),
                        Tenant = call.Parsed.GetValue(tenant),
                        Provider = call.Parsed.GetValue(provider),
                    };
                    return paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Bills.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, t),
                        Columns,
                        token
                    );
                }
            )
            .With(month, tenant, provider)
            .With(paging.Options)
            .With(Show(shell), Expected(shell));
    }

    public static Column<BillLine>[] LineColumns { get; } =
    [
        new("明细", "line", l => l.Id[(l.Id.LastIndexOf('.') + 1)..], right: true),
        new("种类", "kind", l => l.Kind),
        new("资源", "resource", l => l.Resource),
        new("目录项", "item", l => l.Item),
        new("计价项", "component", l => l.Component),
        new("数量", "quantity", l => Texts.Of(l.Quantity), right: true),
        new("单价", "unit price", l => l.UnitPrice.ToString("0.0000", CultureInfo.InvariantCulture), right: true),
        new("起", "from", l => Texts.Of(l.From)),
        new("止（不含）", "until", l => Texts.Of(l.Until)),
        new("天数", "days", l => $"{l.Days}/{l.DaysInMonth}", right: true),
        new("金额", "amount", l => Yuan(l.Amount), right: true),
        new("更正", "corrects", l => Texts.Of(l.Corrects)),
    ];

    public static string Yuan(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static Column<Bill>[] Columns { get; } =
    [
        new("账单", "bill", b => b.Id),
        new("月份", "month", b => b.Month),
        new("单位", "tenant", b => b.Tenant),
        new("云服务商", "provider", b => b.Provider),
        new("状态", "state", b => b.State),
        new("结账时间", "closed at", b => Texts.Of(b.ClosedAt)),
        new("明细数", "lines", b => Texts.Of(b.LineCount), right: true),
        new("合计", "total", b => Yuan(b.Total), right: true),
    ];

    private static Command Show(Shell shell)
    {
        var id = Shapes.Text.Argument(
            "ID",
            shell.Say("账单编号，如 2026-09.tenant-a.provider-a", "such as 2026-09.tenant-a.provider-a")
        );
        var paging = new Paging(shell);
        return shell
            .Signed(
                "show",
                shell.Say("一份账单的明细", "the lines of a bill"),
                (call, token) => ShowAsync(call, call.Parsed.GetRequiredValue(id), paging, token)
            )
            .With(id)
            .With(paging.Options);
    }

    private static async Task ShowAsync(Call call, string id, Paging paging, CancellationToken cancellationToken)
    {
        Bill? shown = null;
        await paging.ShowAsync(
            call,
            async (page, token) =>
            {
                shown = await call.Api.Bills.FindAsync(id, page, token);
                return new Page<BillLine>(shown.Lines, shown.Next);
            },
            LineColumns,
            cancellationToken
        );
        if (!call.Json && shown is not null)
        {
            call.Screen.Line();
            call.Screen.Fields(
                (new("账单", "bill"), shown.Id),
                (new("状态", "state"), shown.State),
                (new("结账时间", "closed at"), Texts.Of(shown.ClosedAt)),
                (new("明细数", "lines"), Texts.Of(shown.LineCount)),
                (new("合计（元）", "total (yuan)"), Yuan(shown.Total))
            );
        }
    }

    private static Command Expected(Shell shell)
    {
        var paging = new Paging(shell);
        return shell
            .Signed(
                "expected",
                shell.Say("已交付、未确认的资源的预计费用", "expected charges of what is delivered and not confirmed"),
                (call, token) =>
                    paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Bills.ExpectedAsync(
                                new ExpectedQuery { Limit = page.Limit, Cursor = page.Cursor },
                                t
                            ),
                        ExpectedColumns,
                        token
                    )
            )
            .With(paging.Options);
    }

    private static Column<ExpectedCharge>[] ExpectedColumns { get; } =
    [
        new("资源", "resource", c => c.Resource),
        new("系统", "system", c => c.System),
        new("单位", "tenant", c => c.Tenant),
        new("云服务商", "provider", c => c.Provider),
        new("申请", "request", c => c.Request),
        new("交付日", "delivered on", c => Texts.Of(c.DeliveredOn)),
        new("天数", "days", c => Texts.Of(c.Days), right: true),
        new("金额", "amount", c => Yuan(c.Amount), right: true),
    ];
}
