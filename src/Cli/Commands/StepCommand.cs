using System.CommandLine;
using System.Text.Json;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Requests;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr request ACTION ID: takes a step of a request's way.</summary>
internal sealed class StepCommand
{
    private readonly Argument<string> _id;
    private readonly Option<string> _opinion;
    private readonly Option<string> _summary;
    private readonly Option<string> _lines;
    private readonly Option<DateOnly?> _completedOn;
    private readonly Option<DateOnly?> _endedOn;
    private readonly Option<string> _pool;
    private readonly Option<string> _workOrder;
    private readonly Option<int?> _version;

    private StepCommand(Shell shell)
    {
        _id = Shapes.Text.Argument("ID", shell.Say("申请编号", "the request"));
        _opinion = Shapes.Text.Option("--opinion", shell.Say("意见", "an opinion"));
        _summary = Shapes.Text.Option("--summary", shell.Say("测试报告摘要", "the test report's summary"));
        _lines = Shapes.Text.Option("--lines", shell.Say("明细的 JSON 文件", "a JSON file with the lines"));
        _completedOn = Shapes.Day.Option("--completed-on", shell.Say("完成日", "the day it was completed"));
        _endedOn = Shapes.Day.Option("--ended-on", shell.Say("服务终止日", "the day service ended"));
        _pool = Shapes.Text.Option("--pool", shell.Say("资源池", "a pool"));
        _workOrder = Shapes.Text.Option("--work-order", shell.Say("哪一份工单", "which work order"));
        _version = Version(shell);
    }

    public static Command Build(Shell shell, Verb verb)
    {
        var step = new StepCommand(shell);
        (Takes Takes, Option Option)[] options =
        [
            (Takes.Opinion, step._opinion),
            (Takes.Summary, step._summary),
            (Takes.Lines, step._lines),
            (Takes.CompletedOn, step._completedOn),
            (Takes.EndedOn, step._endedOn),
            (Takes.Pool, step._pool),
            (Takes.WorkOrder, step._workOrder),
        ];
        return shell
            .Signed(verb.Name, verb.Meaning.In(shell.Language), (call, token) => step.RunAsync(call, verb, token))
            .With(step._id)
            .With([.. options.Where(o => verb.Takes.HasFlag(o.Takes)).Select(o => o.Option)])
            .With(step._version);
    }

    /// <summary>The version one has seen: the step is refused if somebody was faster.</summary>
    public static Option<int?> Version(Shell shell) =>
        Shapes
            .Whole(0, int.MaxValue)
            .Option("--if-version", shell.Say("仅当申请仍是此版本", "only if the request still has this version"));

    public static string? IfMatch(int? version) => version is null ? null : $"\"{version}\"";

    private async Task RunAsync(Call call, Verb verb, CancellationToken cancellationToken)
    {
        var parsed = call.Parsed;
        // What a step does not take has no option in its command.
        var lines = verb.Takes.HasFlag(Takes.Lines) ? parsed.GetValue(_lines) : null;
        var input = new StepInput
        {
            Opinion = verb.Takes.HasFlag(Takes.Opinion) ? parsed.GetValue(_opinion) : null,
            Summary = verb.Takes.HasFlag(Takes.Summary) ? parsed.GetValue(_summary) : null,
            Lines = lines is null ? null : LinesOf(await JsonFile.ReadAsync("--lines", lines, cancellationToken)),
            CompletedOn = verb.Takes.HasFlag(Takes.CompletedOn) ? parsed.GetValue(_completedOn) : null,
            EndedOn = verb.Takes.HasFlag(Takes.EndedOn) ? parsed.GetValue(_endedOn) : null,
            Pool = verb.Takes.HasFlag(Takes.Pool) ? parsed.GetValue(_pool) : null,
            WorkOrder = verb.Takes.HasFlag(Takes.WorkOrder) ? parsed.GetValue(_workOrder) : null,
        };
        var request = await call.Api.Steps.ActAsync(
            parsed.GetRequiredValue(_id),
            verb.Name,
            input,
            IfMatch(parsed.GetValue(_version)),
            cancellationToken
        );
        call.Show(screen => RequestPage.Show(screen, request));
    }

    /// <summary>A list of lines, or a whole request that has some.</summary>
    private static JsonElement LinesOf(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object && file.TryGetProperty("lines", out var lines) ? lines : file;
}
