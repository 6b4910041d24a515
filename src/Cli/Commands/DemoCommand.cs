using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Cli.Story;
using CloudManager.Client.DemoClock;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr demo: the demonstration's clock, and its whole story.</summary>
internal static class DemoCommand
{
    public static Command Build(Shell shell) =>
        new Command("demo", shell.Say("演示环境", "the demonstration")).With(ClockOf(shell), StoryCommand.Build(shell));

    private static Command ClockOf(Shell shell)
    {
        var to = Shapes.Instant.Option(
            "--to",
            shell.Say("推进到的时刻；日期即当日零点", "where to; a day is its midnight in China")
        );
        var stop = new Option<bool>("--stop")
        {
            Description = shell.Say("停止正在进行的推进", "stop an advance under way"),
        };
        return shell
            .Signed(
                "clock",
                shell.Say("查看或推进业务时间", "read business time or move it forward"),
                (call, token) => RunAsync(call, call.Parsed.GetValue(to), call.Parsed.GetValue(stop), token)
            )
            .With(to, stop);
    }

    private static async Task RunAsync(Call call, DateTimeOffset? to, bool stop, CancellationToken cancellationToken)
    {
        if (stop)
        {
            await call.Api.DemoClock.StopAsync(cancellationToken);
            call.Screen.Aside("已请求停止", "it stops after its current step");
            return;
        }

        if (to is { } target)
        {
            var clock = new Clock(call.Api, call.Screen) { Tells = call.Screen.ShowsProgress && !call.Json };
            var done = await clock.AdvanceAsync(target, cancellationToken);
            call.Show(screen => Show(screen, done));
            RefuseTroubles(done.Troubles ?? []);
            return;
        }

        var standing = await call.Api.DemoClock.ReadAsync(cancellationToken);
        call.Show(screen => screen.Fields((new("业务时间", "business time"), Texts.Exact(standing.Now))));
    }

    private static void Show(Screen screen, Advanced done)
    {
        screen.Fields(
            (new("业务时间", "business time"), Texts.Exact(done.Now)),
            (new("起点", "from"), Texts.Exact(done.From)),
            (new("步数", "steps"), done.Steps.ToString())
        );
        if (done.Troubles is { Count: > 0 } troubles)
        {
            screen.Heading("没有做完的作业", "Jobs that did not end well");
            screen.Table<Trouble>(
                troubles,
                new("作业", "job", t => t.Job),
                new("时间", "at", t => Texts.Of(t.At)),
                new("结果", "outcome", t => t.Outcome),
                new("说明", "detail", t => Texts.Of(t.Detail, screen.Language))
            );
        }
    }

    private static void RefuseTroubles(IReadOnlyList<Trouble> troubles)
    {
        if (troubles.Count > 0)
        {
            throw new NotAsExpectedException(
                new($"有 {troubles.Count} 次作业没有做完", $"{troubles.Count} looks of jobs did not end well")
            );
        }
    }
}
