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
            .With(Show(shell), Samples(shell), Console(shell));
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

    private static Command Samples(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("资源编号", "the resource"));
        var from = Shapes.Instant.Option("--from", shell.Say("起始时刻（含）", "first instant"), required: true);
        var until = Shapes.Instant.Option(
            "--until",
            shell.Say("终止时刻（不含）", "the instant after the last"),
            required: true
        );
        var step = Shapes.Text.Option("--step", shell.Say("步长，如 5m、1h、1d", "a step such as 5m, 1h or 1d"));
        return shell
            .Signed(
                "samples",
                shell.Say("一项资源的采样", "what was measured of a resource"),
                (call, token) =>
                {
                    var query = new SeriesQuery
                    {
                        From = Texts.Iso(call.Parsed.GetRequiredValue(from)!.Value),
                        Until = Texts.Iso(call.Parsed.GetRequiredValue(until)!.Value),
                        Step = call.Parsed.GetValue(step) ?? "1h",
                    };
                    return SamplesAsync(call, call.Parsed.GetRequiredValue(id), query, token);
                }
            )
            .With(id, from, until, step);
    }

    private static async Task SamplesAsync(Call call, string id, SeriesQuery query, CancellationToken cancellationToken)
    {
        var series = await call.Api.Samples.OfResourceAsync(id, query, cancellationToken);
        call.Show(screen =>
            screen.Table<Point>(
                series.Points,
                new("时刻", "at", p => Texts.Of(p.At)),
                new("CPU%", "cpu%", p => Texts.Percent(p.Cpu), right: true),
                new("内存%", "memory%", p => Texts.Percent(p.Memory), right: true),
                new("磁盘%", "disk%", p => Texts.Percent(p.Disk), right: true),
                new("入流量B", "in bytes", p => Texts.Bytes(p.NetworkInBytes), right: true),
                new("出流量B", "out bytes", p => Texts.Bytes(p.NetworkOutBytes), right: true),
                new("CPU峰值%", "cpu max%", p => Texts.Percent(p.CpuMax), right: true),
                new("内存峰值%", "memory max%", p => Texts.Percent(p.MemoryMax), right: true),
                new("磁盘峰值%", "disk max%", p => Texts.Percent(p.DiskMax), right: true)
            )
        );
    }
}
