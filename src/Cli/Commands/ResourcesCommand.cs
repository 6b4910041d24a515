using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Resources;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr resources: what runs, one thing of it, and what was measured of it.</summary>
internal static class ResourcesCommand
{
    public static Command Build(Shell shell)
    {
        var system = Shapes.Text.Option("--system", shell.Say("系统", "of a system"));
        var pool = Shapes.Text.Option("--pool", shell.Say("资源池", "on a pool"));
        var state = Shapes.Text.Option("--state", shell.Say("状态，如 inService", "in a state such as inService"));
        var paging = new Paging(shell);
        return shell
            .Signed(
                "resources",
                shell.Say("云资源", "resources"),
                (call, token) =>
                {
                    var query = new ResourceQuery
                    {
                        System = call.Parsed.GetValue(system),
                        Pool = call.Parsed.GetValue(pool),
                        State = call.Parsed.GetValue(state),
                    };
                    return paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Resources.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, t),
                        Columns,
                        token
                    );
                }
            )
            .With(system, pool, state)
            .With(paging.Options)
            .With(Show(shell), SamplesCommand.OfResource(shell, "samples"), Console(shell));
    }

    private static Column<Resource>[] Columns { get; } =
    [
        new("资源", "resource", r => r.Id),
        new("类型", "kind", r => r.Kind),
        new("目录项", "item", r => r.Item),
        new("规格", "spec", r => Texts.Of(r.Spec)),
        new("系统", "system", r => r.System),
        new("资源池", "pool", r => r.Pool),
        new("状态", "state", r => r.State),
        new("申请", "request", r => r.Request),
        new("起始日", "from", r => Texts.Of(r.ServiceStart)),
    ];

    private static Command Show(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("资源编号", "the resource"));
        return shell
            .Signed(
                "show",
                shell.Say("一项资源", "one resource"),
                (call, token) => ShowAsync(call, call.Parsed.GetRequiredValue(id), token)
            )
            .With(id);
    }

    private static async Task ShowAsync(Call call, string id, CancellationToken cancellationToken)
    {
        var found = await call.Api.Resources.FindAsync(id, cancellationToken);
        call.Show(screen =>
            screen.Fields(
                (new("资源", "resource"), found.Id),
                (new("类型", "kind"), found.Kind),
                (new("目录项", "item"), found.Item),
                (new("规格", "spec"), Texts.Of(found.Spec)),
                (new("状态", "state"), found.State),
                (new("单位", "tenant"), found.Tenant),
                (new("系统", "system"), found.System),
                (new("资源池", "pool"), found.Pool),
                (new("云服务商", "provider"), found.Provider),
                (new("申请", "request"), $"{found.Request}#{found.Line}"),
                (new("隶属", "part of"), Texts.Of(found.PartOf)),
                (new("云上编号", "native id"), Texts.Of(found.NativeId)),
                (new("地址", "addresses"), Texts.Of(string.Join(", ", found.Addresses))),
                (new("创建时间", "created at"), Texts.Of(found.CreatedAt)),
                (new("服务起始日", "service start"), Texts.Of(found.ServiceStart)),
                (new("服务终止日", "service end"), Texts.Of(found.ServiceEnd))
            )
        );
    }

    private static Command Console(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("云服务器编号", "the server"));
        return shell
            .Signed(
                "console",
                shell.Say(
                    "打开本单位云服务器的控制台（第36条）",
                    "opens the console of the tenant's own server (art. 36)"
                ),
                async (call, token) =>
                {
                    var opened = await call.Api.Resources.OpenConsoleAsync(call.Parsed.GetRequiredValue(id), token);
                    call.Show(screen => screen.Fields((new("地址", "url"), opened.Url.AbsoluteUri)));
                }
            )
            .With(id);
    }
}
