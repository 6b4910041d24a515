using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Inventory;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr inventory: what a pool holds, the runs that looked, and accepting that a pool shrank.</summary>
internal static class InventoryCommand
{
    public static Command Build(Shell shell)
    {
        var kind = Shapes
            .OneOf("server", "volume", "network", "publicAddress")
            .Option("--kind", shell.Say("类型，如 server", "of a kind such as server"));
        var known = Shapes
            .OneOf("true", "false")
            .Option("--known", shell.Say("账内 true 或账外 false", "in the books (true) or not (false)"));
        var pool = Pool(shell);
        var paging = new Paging(shell);
        return shell
            .Signed(
                "inventory",
                shell.Say("资源池清单及账实核对", "what a pool holds and what of it is in the books"),
                (call, token) =>
                {
                    var query = new InventoryQuery
                    {
                        Kind = call.Parsed.GetValue(kind),
                        Known = call.Parsed.GetValue(known),
                    };
                    var of = call.Parsed.GetRequiredValue(pool);
                    return paging.ShowAsync(
                        call,
                        (page, t) => call.Api.Inventory.ListAsync(of, Paged(query, page), t),
                        Columns,
                        token
                    );
                }
            )
            .With(pool, kind, known)
            .With(paging.Options)
            .With(Runs(shell), Accept(shell), HandInCommand.Inventory(shell));
    }

    private static Column<InventoryThing>[] Columns { get; } =
    [
        new("类型", "kind", t => t.Kind),
        new("云上编号", "native id", t => t.NativeId),
        new("名称", "name", t => Texts.Of(t.Name)),
        new("状态", "state", t => t.State),
        new("资源", "resource", t => Texts.Of(t.Resource)),
        new("规格", "size", Size),
        new("挂载于", "attached to", t => Texts.Of(t.AttachedTo)),
        new("首见", "first seen", t => Texts.Of(t.FirstSeen)),
        new("最近", "last seen", t => Texts.Of(t.LastSeen)),
    ];

    private static InventoryQuery Paged(InventoryQuery query, Client.PageQuery page) =>
        query with
        {
            Limit = page.Limit,
            Cursor = page.Cursor,
        };

    private static string Size(InventoryThing thing) =>
        thing switch
        {
            { Vcpus: { } vcpus, MemoryGiB: { } memory } => $"{vcpus}C{memory}G",
            { SizeGiB: { } size } => $"{size}GiB",
            { BandwidthMbps: { } bandwidth } => $"{bandwidth}Mbps",
            _ => Texts.None,
        };

    private static Command Runs(Shell shell)
    {
        var pool = Pool(shell);
        var paging = new Paging(shell);
        return shell
            .Signed(
                "runs",
                shell.Say("盘点记录", "the runs that looked"),
                (call, token) =>
                {
                    var of = call.Parsed.GetRequiredValue(pool);
                    return paging.ShowAsync(
                        call,
                        (page, t) => call.Api.Inventory.RunsAsync(of, page, t),
                        RunColumns(call.Language),
                        token
                    );
                }
            )
            .With(pool)
            .With(paging.Options);
    }

    private static Command Accept(Shell shell)
    {
        var pool = Pool(shell);
        var run = Shapes.Text.Argument("RUN", shell.Say("盘点编号", "the run"));
        var opinion = Shapes.Text.Option("--opinion", shell.Say("意见", "why it is so"), required: true);
        return shell
            .Signed(
                "accept",
                shell.Say("确认资源池确已缩减", "says that a pool whose listing shrank is really smaller"),
                async (call, token) =>
                {
                    var accepted = await call.Api.Inventory.AcceptAsync(
                        call.Parsed.GetRequiredValue(pool),
                        call.Parsed.GetRequiredValue(run),
                        new ShrinkOpinion(call.Parsed.GetRequiredValue(opinion)),
                        token
                    );
                    call.Show(screen => screen.Table([accepted], RunColumns(call.Language)));
                }
            )
            .With(pool, run, opinion);
    }

    public static Column<InventoryRun>[] RunColumns(Language language) =>
        [
            new("盘点", "run", r => r.Id),
            new("方式", "mode", r => r.Mode),
            new("结果", "outcome", r => r.Outcome),
            new("开始", "started", r => Texts.Of(r.StartedAt)),
            new("服务器", "servers", r => Texts.Of(r.Servers), right: true),
            new("云硬盘", "volumes", r => Texts.Of(r.Volumes), right: true),
            new("地址", "addresses", r => Texts.Of(r.Addresses), right: true),
            new("缺失", "missing", r => Texts.Of(r.Missing), right: true),
            new("新问题", "opened", r => Texts.Of(r.Opened), right: true),
            new("消除", "closed", r => Texts.Of(r.Closed), right: true),
            new("说明", "reason", r => Texts.Of(r.Reason, language)),
        ];

    private static Argument<string> Pool(Shell shell) => Shapes.Text.Argument("POOL", shell.Say("资源池", "the pool"));
}
