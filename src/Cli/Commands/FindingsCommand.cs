using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Findings;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr findings: what was found, and the evidence of one.</summary>
internal static class FindingsCommand
{
    public static Command Build(Shell shell)
    {
        var (filter, paging) = (new FindingFlags(shell), new Paging(shell));
        return shell
            .Signed(
                "findings",
                shell.Say("监测问题", "findings"),
                (call, token) =>
                    paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Findings.ListAsync(
                                filter.Read(call.Parsed) with
                                {
                                    Limit = page.Limit,
                                    Cursor = page.Cursor,
                                },
                                t
                            ),
                        Columns,
                        token
                    )
            )
            .With(filter.Options)
            .With(paging.Options)
            .With(Show(shell), Export(shell), Close(shell), Raise(shell));
    }

    private static Column<Finding>[] Columns { get; } =
    [
        new("问题", "finding", f => f.Id),
        new("类别", "kind", f => f.Kind),
        new("情形", "detail", f => Texts.Of(f.Detail)),
        new("系统", "system", f => Texts.Of(f.System)),
        new("资源池", "pool", f => Texts.Of(f.Subject.Pool)),
        new("对象", "subject", f => f.Subject.Id),
        new("名称", "name", f => Texts.Of(f.Subject.Name)),
        new("标准", "policy", f => Texts.Of(f.PolicyVersion)),
        new("月节省", "saves", f => Texts.Of(f.Recommendation?.MonthlySaving), right: true),
        new("状态", "state", f => f.State),
        new("发现", "opened", f => Texts.Of(f.OpenedAt)),
        new("最近", "last seen", f => Texts.Of(f.LastSeenAt)),
        new("消除", "closed", f => Texts.Of(f.ClosedAt)),
    ];

    private static Command Show(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("问题编号", "the finding"));
        return shell
            .Signed(
                "show",
                shell.Say("一个问题及其证据", "one finding with its evidence"),
                (call, token) => ShowAsync(call, call.Parsed.GetRequiredValue(id), token)
            )
            .With(id);
    }

    private static async Task ShowAsync(Call call, string id, CancellationToken cancellationToken)
    {
        var found = await call.Api.Findings.FindAsync(id, cancellationToken);
        if (call.Json)
        {
            call.Screen.Json(call.Heard.Last);
            return;
        }

        Describe(call.Screen, found);
        var facts = Facts(found.Evidence).Where(f => f.Books is not null || f.Cloud is not null).ToList();
        if (facts.Count > 0)
        {
            call.Screen.Heading("证据", "Evidence");
            call.Screen.Table<(Words Name, string? Books, string? Cloud)>(
                facts,
                new("项目", "fact", f => f.Name.In(call.Language)),
                new("账面", "books", f => Texts.Of(f.Books)),
                new("云上", "cloud", f => Texts.Of(f.Cloud))
            );
        }

        foreach (var reason in found.Evidence.Reasons.Concat(found.Recommendation?.Reasons ?? []))
        {
            call.Screen.Line(Texts.Of(reason, call.Language));
        }

        if (found.PolicyVersion is not null && found.Subject.Kind is "server" or "system")
        {
            FindingSparks.Show(call.Screen, await call.Api.Findings.DaysAsync(id, cancellationToken));
        }
    }

    private static void Describe(Screen screen, Finding found)
    {
        var window = found.Window is { } days ? $"{Texts.Of(days.From)} … {Texts.Of(days.Until.AddDays(-1))}" : null;
        screen.Fields(
            (new("问题", "finding"), found.Id),
            (new("类别", "kind"), $"{found.Kind} {Texts.Of(found.Title, screen.Language)}"),
            (new("情形", "detail"), Texts.Of(found.Detail)),
            (new("对象", "subject"), $"{found.Subject.Kind} {found.Subject.Id} {found.Subject.Name}"),
            (new("系统", "system"), Texts.Of(found.System)),
            (new("资源池", "pool"), Texts.Of(found.Subject.Pool)),
            (new("标准", "policy"), Texts.Of(found.PolicyVersion)),
            (new("监测周期", "window"), Texts.Of(window)),
            (new("建议规格", "right size"), found.Recommendation?.Spec is { } spec ? Texts.Of(spec) : Texts.None),
            (new("月节省（元）", "saves a month"), Texts.Of(found.Recommendation?.MonthlySaving)),
            (new("状态", "state"), found.State),
            (new("发现", "opened"), Texts.Of(found.OpenedAt)),
            (new("消除", "closed"), Texts.Of(found.ClosedAt)),
            (new("消除原因", "why closed"), Texts.Of(found.Closing?.Words, screen.Language))
        );
    }

    private static Command Export(Shell shell)
    {
        var filter = new FindingFlags(shell);
        var csv = Shapes.Text.Option("--csv", shell.Say("写入的 CSV 文件", "the CSV file to write"), required: true);
        return shell
            .Signed(
                "export",
                shell.Say("导出监测问题", "exports findings"),
                (call, token) =>
                    FindingExport.WriteAsync(call, filter.Read(call.Parsed), call.Parsed.GetRequiredValue(csv), token)
            )
            .With(filter.Options)
            .With(csv);
    }

    private static Command Close(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("问题编号", "the finding"));
        var opinion = Shapes.Text.Option("--opinion", shell.Say("意见", "why"), required: true);
        return shell
            .Signed(
                "close",
                shell.Say("关闭一个问题", "closes a finding"),
                async (call, token) =>
                {
                    var body = new CloseBody(call.Parsed.GetRequiredValue(opinion));
                    var closed = await call.Api.Findings.CloseAsync(call.Parsed.GetRequiredValue(id), body, token);
                    call.Show(screen => Describe(screen, closed));
                }
            )
            .With(id, opinion);
    }

    private static Command Raise(Shell shell)
    {
        var resource = Shapes.Text.Option("--resource", shell.Say("云服务器编号", "the server"), required: true);
        var ground = Shapes
            .OneOf("detachedFromBusiness", "replaceable", "longIdle", "maintenanceStopped", "narrowAndRareUse")
            .Option("--ground", shell.Say("法定情形", "the official ground"), required: true);
        var statement = Shapes.Text.Option("--statement", shell.Say("单位的说明", "the owner's words"), required: true);
        return shell
            .Signed(
                "raise",
                shell.Say("按单位申明登记僵尸资源", "raises a zombie on the owner's declaration"),
                async (call, token) =>
                {
                    var parsed = call.Parsed;
                    var body = new RaiseBody(
                        "zombie",
                        parsed.GetRequiredValue(resource),
                        parsed.GetRequiredValue(ground),
                        parsed.GetRequiredValue(statement)
                    );
                    var made = await call.Api.Findings.RaiseAsync(body, token);
                    call.Show(screen => Describe(screen, made));
                }
            )
            .With(resource, ground, statement);
    }

    private static IEnumerable<(Words Name, string? Books, string? Cloud)> Facts(Evidence evidence)
    {
        (Words Name, Func<SubjectFacts, string?> Of)[] facts =
        [
            (new("名称", "name"), f => f.Name),
            (new("状态", "state"), f => f.State),
            (new("云上编号", "native id"), f => f.NativeId),
            (new("核", "vcpus"), f => f.Vcpus?.ToString()),
            (new("内存 GiB", "memory GiB"), f => f.MemoryGiB?.ToString()),
            (new("容量 GiB", "size GiB"), f => f.SizeGiB?.ToString()),
            (new("带宽 Mbps", "bandwidth Mbps"), f => f.BandwidthMbps?.ToString()),
            (new("地址", "address"), f => f.Address),
            (new("挂载于", "attached to"), f => f.AttachedTo),
            (new("操作键", "key"), f => f.Key),
            (new("故障", "fault"), f => f.Fault),
        ];
        return facts.Select(f =>
            (f.Name, evidence.Books is { } books ? f.Of(books) : null, evidence.Cloud is { } cloud ? f.Of(cloud) : null)
        );
    }
}
