using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client;
using CloudManager.Client.Inventory;
using CloudManager.Client.Resources;

namespace CloudManager.Cli.Commands;

/// <summary>
/// cloudmgr inventory import, cloudmgr samples import: what the people of a pool that nothing can call hand in about it.
/// </summary>
internal static class HandInCommand
{
    /// <summary>A list of what exists.</summary>
    public static Command Inventory(Shell shell)
    {
        var (pool, file, dryRun) = Parts(shell);
        var day = Shapes.DayText.Option("--day", shell.Say("清单日期，默认现在", "the day of the list; now"));
        return shell
            .Signed(
                "import",
                shell.Say(
                    "报送资源清单 CSV 或 JSON（类型,实例ID,…），与账目核对",
                    "hands in what exists (CSV: kind,nativeId,…, or JSON) to be held against the books"
                ),
                (call, token) =>
                    InventoryAsync(
                        call,
                        (call.Parsed.GetRequiredValue(pool), call.Parsed.GetRequiredValue(file)),
                        (call.Parsed.GetValue(day), call.Parsed.GetValue(dryRun)),
                        token
                    )
            )
            .With(pool, file, day, dryRun);
    }

    /// <summary>What was measured.</summary>
    public static Command Samples(Shell shell)
    {
        var (pool, file, dryRun) = Parts(shell);
        return shell
            .Signed(
                "import",
                shell.Say(
                    "报送监控数据 CSV（实例ID,时刻,CPU%,…）",
                    "hands in samples (CSV: nativeId,slot,cpu,memory,disk,in,out)"
                ),
                (call, token) =>
                    SamplesAsync(
                        call,
                        (call.Parsed.GetRequiredValue(pool), call.Parsed.GetRequiredValue(file)),
                        call.Parsed.GetValue(dryRun),
                        token
                    )
            )
            .With(pool, file, dryRun);
    }

    /// <summary>Shows what is wrong with a file, line by line.</summary>
    public static void ShowFaults(Screen screen, IReadOnlyList<FieldFault> faults)
    {
        if (faults.Count > 0)
        {
            screen.Heading("错误", "Faults");
            screen.Table<FieldFault>(
                faults,
                new("位置", "place", f => f.Path),
                new("内容", "value", f => Texts.Of(f.Value)),
                new("应为", "expected", f => screen.Language == Language.Zh ? f.Expected : f.ExpectedEn)
            );
        }
    }

    /// <summary>A file with faults is not as it should be.</summary>
    public static void EndWith(IReadOnlyList<FieldFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new NotAsExpectedException(
                new($"文件有 {faults.Count} 处错误", $"the file has {faults.Count} fault(s)")
            );
        }
    }

    private static (Argument<string> Pool, Argument<string> File, Option<bool> DryRun) Parts(Shell shell) =>
        (
            Shapes.Text.Argument("POOL", shell.Say("资源池", "the pool")),
            Shapes.Text.Argument("FILE", shell.Say("CSV 文件", "the CSV file")),
            new Option<bool>("--dry-run") { Description = shell.Say("只检查，不写入", "only examines it") }
        );

    private static async Task InventoryAsync(
        Call call,
        (string Pool, string File) what,
        (string? Day, bool DryRun) how,
        CancellationToken cancellationToken
    )
    {
        using var content = await CsvFile.ContentAsync(what.File, cancellationToken);
        var done = await call.Api.Inventory.HandInAsync(what.Pool, content, how.Day, how.DryRun, cancellationToken);
        call.Show(screen => Show(screen, done));
        EndWith(done.Faults);
    }

    private static void Show(Screen screen, HandedInventory done)
    {
        screen.Fields((new("行数", "rows"), Texts.Of(done.Rows)));
        if (done.Run is { } run)
        {
            screen.Table([run], InventoryCommand.RunColumns(screen.Language));
        }

        ShowFaults(screen, done.Faults);
    }

    private static async Task SamplesAsync(
        Call call,
        (string Pool, string File) what,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        using var content = await CsvFile.ContentAsync(what.File, cancellationToken);
        var done = await call.Api.Samples.HandInAsync(what.Pool, content, dryRun, cancellationToken);
        call.Show(screen => Show(screen, done));
        EndWith(done.Faults);
    }

    private static void Show(Screen screen, HandedSamples done)
    {
        screen.Fields(
            (new("行数", "rows"), Texts.Of(done.Rows)),
            (new("新采样", "taken"), Texts.Of(done.Taken)),
            (new("已有或为空", "known or empty"), Texts.Of(done.Known)),
            (new("剔除", "set aside"), Texts.Of(done.SetAsideCount))
        );
        if (done.SetAside.Count > 0)
        {
            screen.Table<SetAsideLine>(
                done.SetAside,
                new("行", "line", l => Texts.Of(l.Line), right: true),
                new("实例", "server", l => l.Server),
                new("指标", "metric", l => Texts.Of(l.Metric)),
                new("原因", "reason", l => l.Reason)
            );
        }

        ShowFaults(screen, done.Faults);
    }
}
