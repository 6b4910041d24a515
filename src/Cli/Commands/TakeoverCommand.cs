using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Inventory;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr takeover: taking over what was found in a pool, one request from a file or many rows of CSV.</summary>
internal static class TakeoverCommand
{
    public static Command Build(Shell shell) =>
        new Command("takeover", shell.Say("纳管账外资源", "taking over what the books do not know")).With(
            Create(shell),
            Import(shell)
        );

    private static Command Create(Shell shell)
    {
        var file = Shapes.Text.Option(
            "--file",
            shell.Say("JSON 文件：system、paper、lines", "a JSON file: system, paper, lines"),
            required: true
        );
        return shell
            .Signed(
                "create",
                shell.Say("纳管一个系统的若干云服务器", "takes servers over for one system"),
                async (call, token) =>
                {
                    var body = await JsonFile.ReadAsync("--file", call.Parsed.GetRequiredValue(file), token);
                    var made = await call.Api.Takeovers.CreateAsync(body, token);
                    call.Show(screen => RequestPage.Show(screen, made));
                }
            )
            .With(file);
    }

    private static Command Import(Shell shell)
    {
        var file = Shapes.Text.Argument("FILE", shell.Say("CSV 文件", "the CSV file"));
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = shell.Say("只显示将做什么，不写入", "only shows what it would do"),
        };
        return shell
            .Signed(
                "import",
                shell.Say(
                    "按 CSV 批量纳管（资源池,实例ID,系统,目录项,依据）",
                    "takes over what a CSV file lists (pool,nativeId,system,item,paper)"
                ),
                (call, token) =>
                    ImportAsync(call, call.Parsed.GetRequiredValue(file), call.Parsed.GetValue(dryRun), token)
            )
            .With(file, dryRun);
    }

    private static async Task ImportAsync(Call call, string path, bool dryRun, CancellationToken cancellationToken)
    {
        using var content = await CsvFile.ContentAsync(path, cancellationToken);
        var done = await call.Api.Takeovers.ImportAsync(content, dryRun, cancellationToken);
        call.Show(screen => Show(screen, done));
        HandInCommand.EndWith(done.Faults);
    }

    private static void Show(Screen screen, TakeoverImport done)
    {
        if (!done.DryRun)
        {
            screen.Fields((new("申请", "requests"), Texts.Of(string.Join(", ", done.Requests))));
            return;
        }

        screen.Table<TakeoverRow>(
            done.Rows,
            new("行", "line", r => Texts.Of(r.Line), right: true),
            new("资源池", "pool", r => r.Pool),
            new("实例", "native id", r => r.NativeId),
            new("系统", "system", r => r.System),
            new("纳管", "takes over", r => Texts.Of(string.Join("; ", r.Taken.Select(Of)))),
            new("元/月", "yuan/month", r => Texts.Of(r.MonthlyPrice), right: true)
        );
        HandInCommand.ShowFaults(screen, done.Faults);
    }

    private static string Of(TakenThing taken) => $"{taken.Item} {taken.Name} {Texts.Of(taken.Spec)}";
}
