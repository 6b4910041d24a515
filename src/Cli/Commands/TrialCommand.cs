using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client;
using CloudManager.Client.Findings;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr policy trial and stop: what a policy would find, before it takes effect.</summary>
internal static class TrialCommand
{
    private const string Running = "running";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public static Command Try(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("标准", "the policy"));
        var months = Shapes.Whole(1, 12).Option("--months", shell.Say("回看几个月，默认 3", "months back; 3"));
        var changes = new Option<bool>("--changes")
        {
            Description = shell.Say("只列新增与不再列入者", "lists only what it would add or drop"),
        };
        return shell
            .Signed(
                "trial",
                shell.Say("试算：与现行标准比较", "tries a policy beside the one in force"),
                (call, token) =>
                    RunAsync(
                        call,
                        (call.Parsed.GetRequiredValue(id), call.Parsed.GetValue(months) ?? 3),
                        call.Parsed.GetValue(changes),
                        token
                    )
            )
            .With(id, months, changes);
    }

    public static Command Stop(Shell shell)
    {
        var id = Shapes.Text.Argument("TRIAL", shell.Say("试算编号", "the trial"));
        return shell
            .Signed(
                "stop",
                shell.Say("中止试算", "stops a trial"),
                async (call, token) =>
                {
                    var stopped = await call.Api.Trials.StopAsync(call.Parsed.GetRequiredValue(id), token);
                    call.Show(screen => screen.Line(stopped.Id));
                }
            )
            .With(id);
    }

    private static async Task RunAsync(
        Call call,
        (string Policy, int Months) wanted,
        bool onlyChanges,
        CancellationToken cancellationToken
    )
    {
        var started = await call.Api.Policies.TryAsync(wanted.Policy, new TrialBody(wanted.Months), cancellationToken);
        var ended = await call.Screen.WhileAsync(
            call.Screen.Say($"{started.Id} 试算 {wanted.Policy}", $"{started.Id} tries {wanted.Policy}"),
            tell => FollowAsync(call, started.Id, tell, cancellationToken)
        );
        if (call.Json)
        {
            call.Screen.Json(call.Heard.Last);
        }
        else
        {
            await ShowAsync(call, ended, onlyChanges);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (ended.State != "done")
        {
            throw new NotAsExpectedException(new($"{ended.Id}：{ended.State}", $"{ended.Id}: {ended.State}"));
        }
    }

    /// <summary>Tells how far it is; interrupted, it stops the trial.</summary>
    private static async Task<Trial> FollowAsync(
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
                await StopAsync(call, id);
            }

            var trial = await call.Api.Trials.FindAsync(id, CancellationToken.None);
            if (trial.State != Running)
            {
                return trial;
            }

            tell($"{id}: {trial.Progress.Done}/{trial.Progress.Total}");
            await Task.Delay(Interval, stopped ? CancellationToken.None : cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task StopAsync(Call call, string id)
    {
        try
        {
            await call.Api.Trials.StopAsync(id, CancellationToken.None);
        }
        catch (ApiRefusedException refused) when (refused.Code == "trial.notRunning")
        {
            // It ended by itself in the meantime.
        }
    }

    private static async Task ShowAsync(Call call, Trial trial, bool onlyChanges)
    {
        call.Screen.Fields(
            (new("试算", "trial"), trial.Id),
            (new("标准", "policy"), trial.Policy),
            (new("期间", "days"), $"{Texts.Of(trial.From)} … {Texts.Of(trial.Until.AddDays(-1))}"),
            (new("结果", "state"), trial.State)
        );
        call.Screen.Heading("汇总", "Counts");
        call.Screen.Table(
            trial.Counts,
            new Column<TrialCount>("变化", "outcome", c => c.Outcome),
            new("对象", "subject", c => c.Subject),
            new("类别", "kind", c => c.Kind),
            new("数量", "count", c => Texts.Of(c.Count), right: true),
            new("月节省", "saves", c => c.MonthlySaving, right: true)
        );
        call.Screen.Heading("明细", "Items");
        var items = AllPages.OfAsync(
            (cursor, token) =>
                call.Api.Trials.ItemsAsync(trial.Id, new TrialItemQuery { Limit = 500, Cursor = cursor }, token),
            CancellationToken.None
        );
        call.Screen.Table(
            await items.Where(i => !onlyChanges || i.Outcome != "same").ToListAsync(CancellationToken.None),
            new Column<TrialItem>("变化", "outcome", i => i.Outcome),
            new("类别", "kind", i => i.Kind),
            new("对象", "subject", i => i.Subject.Id),
            new("名称", "name", i => i.Subject.Name),
            new("单位", "tenant", i => Texts.Of(i.Tenant)),
            new("试算周期", "windows", i => Texts.Of(i.Policy.Count), right: true),
            new("现行周期", "in force", i => Texts.Of(i.InForce.Count), right: true),
            new("月节省", "saves", i => Texts.Of(i.Recommendation?.MonthlySaving), right: true)
        );
    }
}
