using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.WorkOrders;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr order: a provider's work orders (工单, art. 19–21): what they are for, and its word about them.</summary>
internal static class OrderCommand
{
    public static Command Build(Shell shell) =>
        new Command("order", shell.Say("工单", "work orders")).With(
            Show(shell),
            Complete(shell),
            Done(shell),
            Fail(shell),
            Settle(shell)
        );

    private static readonly string[] MadeColumns =
    [
        "resource",
        "nativeId",
        "addresses",
        "vcpus",
        "memoryGiB",
        "sizeGiB",
        "bandwidthMbps",
        "evidence",
    ];

    private static Argument<string> Id(Shell shell) => Shapes.Text.Argument("ID", shell.Say("工单编号", "the order"));

    private static Command Show(Shell shell)
    {
        var id = Id(shell);
        return shell
            .Signed(
                "show",
                shell.Say("一份工单及其任务", "one order with its tasks"),
                async (call, token) =>
                    Say(call, await call.Api.WorkOrders.FindAsync(call.Parsed.GetRequiredValue(id), token))
            )
            .With(id);
    }

    private static Command Complete(Shell shell)
    {
        var id = Id(shell);
        var evidence = Shapes.Text.Option("--evidence", shell.Say("完成证明", "what shows it"), required: true);
        var statement = Shapes.Text.Option(
            "--statement",
            shell.Say("不可恢复声明（仅注销回收）", "that nothing can be recovered (a deregistration's reclaim only)")
        );
        var file = Shapes.Text.Option(
            "--file",
            shell.Say($"CSV：{string.Join(',', MadeColumns)}", $"a CSV file: {string.Join(',', MadeColumns)}")
        );
        return shell
            .Signed(
                "complete",
                shell.Say("人工部分已完成", "what is done by hand is done"),
                async (call, token) =>
                {
                    var body = new Evidence(
                        call.Parsed.GetRequiredValue(evidence),
                        call.Parsed.GetValue(statement),
                        call.Parsed.GetValue(file) is { } path ? await MadeAsync(path, token) : null
                    );
                    Say(call, await call.Api.WorkOrders.CompleteAsync(call.Parsed.GetRequiredValue(id), body, token));
                }
            )
            .With(id, evidence, statement, file);
    }

    private static async Task<IReadOnlyList<MadeByHand>> MadeAsync(string path, CancellationToken cancellationToken) =>
        [.. (await CsvFile.RowsAsync(path, MadeColumns, cancellationToken)).Select(Made)];

    private static MadeByHand Made(CsvLine row) =>
        new(
            row.Text("resource"),
            row.Text("nativeId"),
            row.Text("addresses")?.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries),
            row.Whole("vcpus"),
            row.Whole("memoryGiB"),
            row.Whole("sizeGiB"),
            row.Whole("bandwidthMbps"),
            row.Text("evidence")
        );

    private static Command Done(Shell shell)
    {
        var task = Shapes.Text.Argument("TASK", shell.Say("任务编号", "the task"));
        var flags = new MadeFlags(shell);
        return shell
            .Signed(
                "done",
                shell.Say("一项人工任务已完成", "one task of people is done"),
                async (call, token) =>
                {
                    var made = flags.Read(call.Parsed);
                    var done = await call.Api.Tasks.CompleteAsync(call.Parsed.GetRequiredValue(task), made, token);
                    call.Show(screen => screen.Table([done], Tasks(screen)));
                }
            )
            .With(task)
            .With(flags.Options);
    }

    private static Command Fail(Shell shell)
    {
        var id = Id(shell);
        var reason = Shapes.Text.Option("--reason", shell.Say("原因", "why"), required: true);
        return shell
            .Signed(
                "fail",
                shell.Say("工单无法完成", "the order cannot be done"),
                async (call, token) =>
                {
                    var body = new FailureReason(call.Parsed.GetRequiredValue(reason));
                    Say(call, await call.Api.WorkOrders.FailAsync(call.Parsed.GetRequiredValue(id), body, token));
                }
            )
            .With(id, reason);
    }

    private static Command Settle(Shell shell)
    {
        var task = Shapes.Text.Argument("TASK", shell.Say("任务编号", "the task"));
        var outcome = Shapes
            .OneOf("retry", "absent", "found", "failed")
            .Option("--outcome", shell.Say("核实结果", "what was found out"), required: true);
        var evidence = Shapes.Text.Option("--evidence", shell.Say("核实依据", "what shows it"), required: true);
        var native = Shapes.Text.Option(
            "--native-id",
            shell.Say("云上编号（仅 found）", "the cloud's id (found only)")
        );
        return shell
            .Signed(
                "settle",
                shell.Say("需人工核实的任务如何继续", "how a task that needs a person goes on"),
                async (call, token) =>
                {
                    var body = new PersonsWord(
                        call.Parsed.GetRequiredValue(outcome),
                        call.Parsed.GetRequiredValue(evidence),
                        call.Parsed.GetValue(native)
                    );
                    var settled = await call.Api.Tasks.SettleAsync(call.Parsed.GetRequiredValue(task), body, token);
                    call.Show(screen => screen.Table([settled], Tasks(screen)));
                }
            )
            .With(task, outcome, evidence, native);
    }

    private static Column<WorkOrderTask>[] Tasks(Screen screen) =>
        [
            new("任务", "task", t => t.Id),
            new("种类", "kind", t => t.InsteadOf is { } does ? $"{t.Kind} ({does})" : t.Kind),
            new("云资源", "resource", t => Texts.Of(t.Resource)),
            new("状态", "state", t => t.State),
            new("次数", "attempts", t => Texts.Of(t.Attempts), right: true),
            new("原因", "reason", t => Texts.Of(t.LastError, screen.Language)),
        ];

    private static void Say(Call call, WorkOrder order) =>
        call.Show(screen =>
        {
            screen.Fields(
                (new("工单", "order"), order.Id),
                (new("种类", "kind"), order.Kind),
                (new("状态", "state"), order.State),
                (new("申请", "request"), order.Request),
                (new("单位", "tenant"), order.Tenant),
                (new("系统", "system"), order.System),
                (new("资源池", "pool"), order.Pool),
                (new("下达", "issued"), Texts.Of(order.IssuedAt)),
                (new("办结", "ended"), Texts.Of(order.EndedAt)),
                (new("完成证明", "evidence"), Texts.Of(order.Evidence)),
                (new("不可恢复声明", "statement"), Texts.Of(order.Statement)),
                (new("原因", "reason"), Texts.Of(order.Reason, screen.Language))
            );
            screen.Heading("任务", "Tasks");
            screen.Table(order.Tasks ?? [], Tasks(screen));
        });
}
