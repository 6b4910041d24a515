using System.CommandLine;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Pools;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr conformance: runs the acceptance suite on a pool and says how it went.</summary>
internal static class ConformanceCommand
{
    private const string Running = "running";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public static Command Build(Shell shell)
    {
        var pool = Shapes.Text.Option("--pool", shell.Say("资源池", "the pool"));
        pool.Required = true;
        var format = Shapes
            .OneOf("json", "junit", "html")
            .Option("--format", shell.Say("报告格式，默认 json", "the report's format; json"));
        var file = Shapes.Text.Option("--out", shell.Say("把报告写入文件", "write the report to a file"));
        return shell
            .Signed(
                "conformance",
                shell.Say("对资源池运行一致性测试（第16条）", "run the conformance suite on a pool (art. 16)"),
                (call, token) =>
                    RunAsync(
                        call,
                        call.Parsed.GetRequiredValue(pool),
                        (call.Parsed.GetValue(format) ?? "json", call.Parsed.GetValue(file)),
                        token
                    )
            )
            .With(pool, format, file);
    }

    private static async Task RunAsync(
        Call call,
        string pool,
        (string Format, string? File) report,
        CancellationToken cancellationToken
    )
    {
        var started = await call.Api.Pools.StartConformanceAsync(pool, cancellationToken);
        var ended = await call.Screen.WhileAsync(
            call.Screen.Say($"{started.Id} 在 {pool} 上运行", $"{started.Id} on {pool}"),
            tell => FollowAsync(call, started.Id, tell, cancellationToken)
        );
        if (report.File is { } file && ended.State != "broken")
        {
            // What was stopped has its report as well; it is no evidence.
            await File.WriteAllTextAsync(
                file,
                await call.Api.Conformance.ReportAsync(ended.Id, report.Format, CancellationToken.None),
                CancellationToken.None
            );
            call.Screen.Aside($"{ended.Id} → {file}");
        }

        await ShowAsync(call, ended.Id);
        cancellationToken.ThrowIfCancellationRequested();
        if (ended.State != "passed")
        {
            var failed = ended.Progress.Failed;
            throw new NotAsExpectedException(
                new(
                    $"{ended.Id}：{ended.State}，{failed} 项未通过",
                    $"{ended.Id}: {ended.State}, {failed} checks failed"
                )
            );
        }
    }

    /// <summary>Tells how far it is; interrupted, it stops the run and waits until the pool is clean again.</summary>
    private static async Task<ConformanceRun> FollowAsync(
        Call call,
        string id,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        var stopped = false;
        while (true)
        {
            if (cancellationToken.IsCancellationRequested && !stopped)
            {
                stopped = true;
                tell(call.Screen.Say($"{id}：正在中止并清理", $"{id}: stopping and cleaning up"));
                await StopAsync(call, id);
            }

            var run = await call.Api.Conformance.FindAsync(id, CancellationToken.None);
            if (run.State != Running)
            {
                return run;
            }

            var progress = run.Progress;
            tell($"{id}: {progress.Done}/{progress.Total} {progress.Check}");
            await Task.Delay(Interval, stopped ? CancellationToken.None : cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task StopAsync(Call call, string id)
    {
        try
        {
            await call.Api.Conformance.StopAsync(id, CancellationToken.None);
        }
        catch (CloudManager.Client.ApiRefusedException refused) when (refused.Code == "conformance.notRunning")
        {
            // It ended by itself in the meantime, and has cleaned up.
        }
    }

    private static async Task ShowAsync(Call call, string id)
    {
        var run = await call.Api.Conformance.FindAsync(id, CancellationToken.None);
        call.Show(screen =>
            screen.Fields(
                (new("测试", "run"), run.Id),
                (new("资源池", "pool"), run.Pool),
                (new("结果", "state"), run.State),
                (new("适配器", "adapter"), run.Adapter),
                (new("云平台版本", "cloud version"), run.CloudVersion),
                (new("检查", "checks"), $"{run.Progress.Done}/{run.Progress.Total}"),
                (new("未通过", "failed"), $"{run.Progress.Failed}")
            )
        );
    }
}
