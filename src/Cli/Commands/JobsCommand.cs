using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Jobs;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr jobs: what is scheduled, and running one now.</summary>
internal static class JobsCommand
{
    public static Command Build(Shell shell)
    {
        var name = Shapes.Text.Argument("NAME", shell.Say("作业，如 close-month", "a job such as close-month"));
        return shell
            .Signed("jobs", shell.Say("定时作业", "scheduled jobs"), ListAsync)
            .With(
                shell
                    .Signed(
                        "run",
                        shell.Say("立即运行一个作业", "run a job now"),
                        (call, token) => RunAsync(call, call.Parsed.GetRequiredValue(name), token)
                    )
                    .With(name)
            );
    }

    private static async Task ListAsync(Call call, CancellationToken cancellationToken)
    {
        var jobs = await call.Api.Jobs.ListAsync(cancellationToken);
        call.Show(screen =>
            screen.Table<Job>(
                jobs.Items,
                new("作业", "job", j => j.Name),
                new("用途", "purpose", j => Texts.Of(j.Purpose, call.Language)),
                new("cron", "cron", j => j.Cron),
                new("下次", "next", j => Texts.Of(j.Next)),
                new("上次", "last", j => Texts.Of(j.Last?.At)),
                new("结果", "outcome", j => Texts.Of(j.Last?.Outcome)),
                new("期间", "periods", j => Texts.Of(string.Join(' ', j.Last?.Periods ?? []))),
                new("说明", "detail", j => Texts.Of(j.Last?.Detail, call.Language))
            )
        );
    }

    private static async Task RunAsync(Call call, string name, CancellationToken cancellationToken)
    {
        var run = await call.Screen.WhileAsync(
            call.Say($"正在运行 {name}", $"running {name}"),
            _ => call.Api.Jobs.RunAsync(name, cancellationToken)
        );
        call.Show(screen =>
            screen.Fields(
                (new("作业", "job"), name),
                (new("时间", "at"), Texts.Of(run.At)),
                (new("结果", "outcome"), run.Outcome),
                (new("期间", "periods"), Texts.Of(string.Join(' ', run.Periods))),
                (new("说明", "detail"), Texts.Of(run.Detail, call.Language))
            )
        );
        if (run.Outcome != "done")
        {
            throw new NotAsExpectedException(
                new($"作业 {name} 未完成：{run.Outcome}", $"the job {name} is not done: {run.Outcome}")
            );
        }
    }
}
