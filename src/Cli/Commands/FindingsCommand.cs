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
        var kind = Shapes.Text.Option("--kind", shell.Say("类别，如 unknownResource", "of a kind such as drift"));
        var state = Shapes.OneOf("open", "closed").Option("--state", shell.Say("open 或 closed", "open or closed"));
        var pool = Shapes.Text.Option("--pool", shell.Say("资源池", "in a pool"));
        var paging = new Paging(shell);
        return shell
            .Signed(
                "findings",
                shell.Say("监测问题", "findings"),
                (call, token) =>
                {
                    var query = new FindingQuery
                    {
                        Kind = call.Parsed.GetValue(kind),
                        State = call.Parsed.GetValue(state),
                        Pool = call.Parsed.GetValue(pool),
                    };
                    return paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Findings.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, t),
                        Columns,
                        token
                    );
                }
            )
            .With(kind, state, pool)
            .With(paging.Options)
            .With(Show(shell));
    }

    private static Column<Finding>[] Columns { get; } =
    [
        new("问题", "finding", f => f.Id),
        new("类别", "kind", f => f.Kind),
        new("情形", "detail", f => Texts.Of(f.Detail)),
        new("资源池", "pool", f => f.Subject.Pool),
        new("对象", "subject", f => f.Subject.Id),
        new("名称", "name", f => Texts.Of(f.Subject.Name)),
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
        call.Show(screen =>
        {
            screen.Fields(
                (new("问题", "finding"), found.Id),
                (new("类别", "kind"), found.Kind),
                (new("情形", "detail"), Texts.Of(found.Detail)),
                (new("对象", "subject"), $"{found.Subject.Kind} {found.Subject.Id} {found.Subject.Name}"),
                (new("资源池", "pool"), found.Subject.Pool),
                (new("状态", "state"), found.State),
                (new("发现", "opened"), Texts.Of(found.OpenedAt)),
                (new("消除", "closed"), Texts.Of(found.ClosedAt))
            );
            screen.Heading("证据", "Evidence");
            screen.Table<(Words Name, string? Books, string? Cloud)>(
                [.. Facts(found.Evidence).Where(f => f.Books is not null || f.Cloud is not null)],
                new("项目", "fact", f => f.Name.In(call.Language)),
                new("账面", "books", f => Texts.Of(f.Books)),
                new("云上", "cloud", f => Texts.Of(f.Cloud))
            );
        });
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
