using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Reports;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr report: the frozen reports.</summary>
internal static class ReportCommand
{
    public static Command Build(Shell shell) =>
        new Command("report", shell.Say("报告", "reports")).With(List(shell), Show(shell));

    private static Command List(Shell shell)
    {
        var kind = Shapes.Text.Option("--kind", shell.Say("种类，如 monthly", "a kind such as monthly"));
        var period = Shapes.Text.Option("--period", shell.Say("期间，如 2026-09", "a period such as 2026-09"));
        var paging = new Paging(shell);
        return shell
            .Signed(
                "list",
                shell.Say("已生成的报告", "the reports that were made"),
                (call, token) =>
                {
                    var query = new ReportQuery
                    {
                        Kind = call.Parsed.GetValue(kind),
                        Period = call.Parsed.GetValue(period),
                    };
                    return paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Reports.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, t),
                        Columns,
                        token
                    );
                }
            )
            .With(kind, period)
            .With(paging.Options);
    }

    private static Column<Report>[] Columns { get; } =
    [
        new("报告", "report", r => r.Id),
        new("种类", "kind", r => r.Kind),
        new("期间", "period", r => r.Period),
        new("生成时间", "created at", r => Texts.Of(r.CreatedAt)),
    ];

    private static Command Show(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("报告编号，如 monthly-2026-09", "such as monthly-2026-09"));
        var format = Shapes
            .OneOf("json", "html")
            .Option("--format", shell.Say("json（默认）或 html", "json (by default) or html"));
        var file = Shapes.Text.Option("--out", shell.Say("写入文件，而不是屏幕", "write to a file, not to the screen"));
        return shell
            .Signed(
                "show",
                shell.Say("一份报告", "one report"),
                (call, token) =>
                    ShowAsync(
                        call,
                        (call.Parsed.GetRequiredValue(id), call.Parsed.GetValue(format) ?? "json"),
                        call.Parsed.GetValue(file),
                        token
                    )
            )
            .With(id, format, file);
    }

    private static async Task ShowAsync(
        Call call,
        (string Id, string Format) wanted,
        string? file,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Format == "html")
        {
            await call.Api.Reports.HtmlAsync(wanted.Id, cancellationToken);
        }
        else
        {
            await call.Api.Reports.JsonAsync(wanted.Id, cancellationToken);
        }

        await WriteAsync(call, wanted.Id, file, cancellationToken);
    }

    /// <summary>What was heard last, to the file or to the screen.</summary>
    internal static async Task WriteAsync(Call call, string id, string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            call.Screen.Json(call.Heard.Last);
            return;
        }

        await File.WriteAllTextAsync(file, call.Heard.Last, cancellationToken);
        call.Screen.Aside($"{id} → {file}");
    }
}
