using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Findings;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr plan: what would save in a system.</summary>
internal static class PlanCommand
{
    public static Command Build(Shell shell)
    {
        var system = Shapes.Text.Argument(
            "SYSTEM",
            shell.Say("系统代码；不填则按可节省金额列出各系统", "the system's code; none: all by what they could save")
        );
        system.Arity = ArgumentArity.ZeroOrOne;
        var region = Shapes.Text.Option("--region", shell.Say("只列出某地区的系统", "only systems of a region"));
        var paging = new Paging(shell);
        return shell
            .Signed(
                "plan",
                shell.Say("系统的优化方案", "what would save in a system"),
                (call, token) =>
                {
                    if (call.Parsed.GetValue(system) is { } one)
                    {
                        return ShowAsync(call, one, token);
                    }

                    var query = new PlanQuery { Region = call.Parsed.GetValue(region) };
                    return paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Plans.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, t),
                        Savings,
                        token
                    );
                }
            )
            .With(system, region)
            .With(paging.Options);
    }

    private static Column<PossibleSaving>[] Savings { get; } =
    [
        new("系统", "system", s => s.System),
        new("单位", "tenant", s => s.Tenant),
        new("每月可节省", "saving a month", s => Texts.Of(s.Saving), right: true),
        new("九成变更数", "changes for nine tenths", s => Texts.Of(s.Enough), right: true),
        new("变更数", "changes", s => Texts.Of(s.Changes), right: true),
        new("未作判断", "left out", s => Texts.Of(s.LeftOut), right: true),
        new("截至", "until", s => Texts.Of(s.Until)),
    ];

    public static Column<LeftOut>[] LeftOutColumns(Language language) =>
        [
            new("资源", "resource", l => l.Resource),
            new("结论", "verdict", l => l.Verdict),
            new("原因", "reason", l => Texts.Of(l.Reason, language)),
        ];

    private static async Task ShowAsync(Call call, string system, CancellationToken cancellationToken)
    {
        var plan = await call.Api.Plans.PlanAsync(system, cancellationToken);
        call.Show(screen =>
        {
            screen.Fields(
                (new("系统", "system"), plan.System),
                (new("期间", "days"), $"{Texts.Of(plan.From)} – {Texts.Of(plan.Until.AddDays(-1))}"),
                (new("每月可节省（元）", "saving a month"), Texts.Of(plan.Saving)),
                (new("达到九成的变更数", "changes for nine tenths"), Texts.Of(plan.Enough))
            );
            screen.Heading("变更", "Changes");
            screen.Table(plan.Changes, Columns(call.Language));
            if (plan.Growth.Count > 0)
            {
                screen.Heading("需要扩容", "Too small");
                screen.Table(plan.Growth, Columns(call.Language));
            }

            if (plan.LeftOut.Count > 0)
            {
                screen.Heading("未作判断", "Left out");
                screen.Table(plan.LeftOut, LeftOutColumns(call.Language));
            }
        });
    }

    private static Column<PlannedChange>[] Columns(Language language) =>
        [
            new("资源", "resource", c => c.Resource),
            new("动作", "action", c => c.Action),
            new("现规格", "was", c => Texts.Of(c.Was)),
            new("建议规格", "becomes", c => c.Becomes is { } spec ? Texts.Of(spec) : Texts.None),
            new("每月节省", "saving", c => Money(c.MonthlySaving), right: true),
            new("累计", "running total", c => Money(c.RunningTotal), right: true),
            new("依据", "why", c => string.Join("；", c.Reasons.Select(r => Texts.Of(r, language)))),
        ];

    private static string Money(decimal? yuan) => yuan is { } amount ? Texts.Of(amount) : Texts.None;
}

/// <summary>cloudmgr off-hours: when the servers of a test or development system can be off.</summary>
internal static class OffHoursCommand
{
    private static readonly Words[] Days =
    [
        new("周一", "Mon"),
        new("周二", "Tue"),
        new("周三", "Wed"),
        new("周四", "Thu"),
        new("周五", "Fri"),
        new("周六", "Sat"),
        new("周日", "Sun"),
    ];

    public static Command Build(Shell shell)
    {
        var system = Shapes.Text.Argument("SYSTEM", shell.Say("系统代码", "the system's code"));
        return shell
            .Signed(
                "off-hours",
                shell.Say("测试、开发系统的闲时关机方案", "when a test or development system can be off"),
                (call, token) => ShowAsync(call, call.Parsed.GetRequiredValue(system), token)
            )
            .With(system);
    }

    private static async Task ShowAsync(Call call, string system, CancellationToken cancellationToken)
    {
        var plan = await call.Api.Plans.OffHoursAsync(system, cancellationToken);
        call.Show(screen =>
        {
            screen.Fields(
                (new("系统", "system"), plan.System),
                (new("环境", "environment"), plan.Environment),
                (new("结论", "verdict"), plan.Verdict),
                (new("每周腾出核时", "core hours a week"), $"{plan.VcpuHours}"),
                (new("每周腾出 GiB 时", "GiB hours a week"), $"{plan.MemoryGiBHours}"),
                (new("每月节省（元）", "saving a month"), Texts.Of(plan.MonthlySaving)),
                (new("说明", "why"), string.Join("；", plan.Reasons.Select(r => Texts.Of(r, call.Language))))
            );
            screen.Heading("关机时段", "Hours off");
            screen.Table<(string Resource, OffPeriod Period)>(
                [.. plan.Servers.SelectMany(s => s.Periods, (s, p) => (s.Resource, p))],
                new("资源", "resource", p => p.Resource),
                new("关机", "stop", p => At(p.Period.StopDay, p.Period.StopHour, call.Language)),
                new("开机", "start", p => At(p.Period.StartDay, p.Period.StartHour, call.Language)),
                new("小时", "hours", p => Texts.Of(p.Period.Hours), right: true)
            );
            if (plan.LeftOut.Count > 0)
            {
                screen.Heading("未列入", "Left out");
                screen.Table(plan.LeftOut, PlanCommand.LeftOutColumns(call.Language));
            }
        });
    }

    private static string At(int day, int hour, Language language) => $"{Days[day - 1].In(language)} {hour:00}:00";
}
