using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Reports;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr circular: the monthly circulars of use.</summary>
internal static class CircularCommand
{
    public static Command Build(Shell shell) =>
        new Command("circular", shell.Say("使用效率通报", "circulars of use")).With(
            List(shell),
            Show(shell),
            Issue(shell)
        );

    private static Command List(Shell shell)
    {
        var month = Shapes.Month.Option("--month", shell.Say("月份 yyyy-MM", "of a month"));
        var tenant = Shapes.Text.Option("--tenant", shell.Say("单位代码", "of a tenant"));
        var paging = new Paging(shell);
        return shell
            .Signed(
                "list",
                shell.Say("通报", "the circulars"),
                (call, token) =>
                {
                    var query = new CircularQuery
                    {
                        Month = call.Parsed.GetValue(month),
                        Tenant = call.Parsed.GetValue(tenant),
                    };
                    return paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Circulars.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, t),
                        Columns,
                        token
                    );
                }
            )
            .With(month, tenant)
            .With(paging.Options);
    }

    private static Column<Circular>[] Columns { get; } =
    [
        new("通报", "circular", c => c.Id),
        new("月份", "month", c => c.Month),
        new("单位", "tenant", c => c.Tenant),
        new("起草", "drafted", c => Texts.Of(c.CreatedAt)),
        new("发布", "issued", c => Texts.Of(c.IssuedAt)),
        new("意见", "opinion", c => Texts.Of(c.Opinion)),
    ];

    private static Command Show(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("通报编号", "the circular"));
        var format = Shapes
            .OneOf("json", "html")
            .Option("--format", shell.Say("json（默认）或 html", "json (by default) or html"));
        var file = Shapes.Text.Option("--out", shell.Say("写入文件，而不是屏幕", "write to a file, not to the screen"));
        return shell
            .Signed(
                "show",
                shell.Say("一份通报", "one circular"),
                async (call, token) =>
                {
                    var wanted = call.Parsed.GetRequiredValue(id);
                    if (call.Parsed.GetValue(format) == "html")
                    {
                        await call.Api.Circulars.HtmlAsync(wanted, token);
                    }
                    else
                    {
                        await call.Api.Circulars.JsonAsync(wanted, token);
                    }

                    await ReportCommand.WriteAsync(call, wanted, call.Parsed.GetValue(file), token);
                }
            )
            .With(id, format, file);
    }

    private static Command Issue(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("通报编号", "the circular"));
        var opinion = Shapes.Text.Option("--opinion", shell.Say("意见", "what is said with it"));
        return shell
            .Signed(
                "issue",
                shell.Say("发布通报（云主管部门）", "issues a circular (authority)"),
                async (call, token) =>
                {
                    var issued = await call.Api.Circulars.IssueAsync(
                        call.Parsed.GetRequiredValue(id),
                        new(call.Parsed.GetValue(opinion)),
                        token
                    );
                    call.Show(screen => screen.Table([issued], Columns));
                }
            )
            .With(id, opinion);
    }
}
