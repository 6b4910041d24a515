using System.CommandLine;
using System.Text.Json;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Findings;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr policy: by which numbers use is judged, from draft over trial to approval.</summary>
internal static class PolicyCommand
{
    public static Command Build(Shell shell) =>
        new Command("policy", shell.Say("监测标准（第22条）", "monitoring policies (art. 22)")).With(
            List(shell),
            Show(shell),
            Draft(shell),
            Revise(shell),
            Approve(shell),
            Withdraw(shell),
            TrialCommand.Try(shell),
            TrialCommand.Stop(shell)
        );

    private static Command List(Shell shell)
    {
        var region = Shapes.Text.Option("--region", shell.Say("行政区划", "of a region"));
        var state = Shapes
            .OneOf("draft", "approved", "withdrawn")
            .Option("--state", shell.Say("状态", "draft, approved or withdrawn"));
        var paging = new Paging(shell);
        return shell
            .Signed(
                "list",
                shell.Say("各版监测标准", "all versions"),
                (call, token) =>
                    paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Policies.ListAsync(
                                new PolicyQuery
                                {
                                    Region = call.Parsed.GetValue(region),
                                    State = call.Parsed.GetValue(state),
                                    Limit = page.Limit,
                                    Cursor = page.Cursor,
                                },
                                t
                            ),
                        [
                            new Column<Policy>("标准", "policy", p => p.Id),
                            new("行政区划", "region", p => p.Region),
                            new("状态", "state", p => p.State),
                            new("生效日", "from", p => Texts.Of(p.EffectiveFrom)),
                            new("文号", "document", p => Texts.Of(p.Document?.Number)),
                            new("标题", "title", p => Texts.Of(p.Document?.Title)),
                        ],
                        token
                    )
            )
            .With(region, state)
            .With(paging.Options);
    }

    private static Command Show(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("标准，默认现行者", "the policy; the one in force"));
        id.Arity = ArgumentArity.ZeroOrOne;
        var region = Shapes.Text.Option("--region", shell.Say("现行于何处", "in force in a region"));
        var day = Shapes.DayText.Option("--day", shell.Say("现行于何日", "in force on a day"));
        return shell
            .Signed(
                "show",
                shell.Say("一版监测标准，默认现行者", "one policy; the one in force"),
                async (call, token) =>
                {
                    var (own, parsed) = (call.Parsed.GetValue(id), call.Parsed);
                    var found = own is null
                        ? await call.Api.Policies.InForceAsync(parsed.GetValue(region), parsed.GetValue(day), token)
                        : await call.Api.Policies.FindAsync(own, token);
                    call.Show(screen => Describe(screen, found));
                }
            )
            .With(id, region, day);
    }

    private static Command Draft(Shell shell)
    {
        var region = Shapes.Text.Option("--region", shell.Say("行政区划，默认本单位的", "the region; one's own"));
        var numbers = new PolicyFlags(shell);
        return shell
            .Signed(
                "draft",
                shell.Say("起草：以现行标准为底", "drafts, from the one in force"),
                async (call, token) =>
                {
                    var own = call.Parsed.GetValue(region);
                    var from = await call.Api.Policies.InForceAsync(own, null, token);
                    var body = new PolicyBody(await numbers.ReadAsync(call, from.Numbers, token), own);
                    var made = await call.Api.Policies.DraftAsync(body, token);
                    call.Show(screen => Describe(screen, made));
                }
            )
            .With(region)
            .With(numbers.Options);
    }

    private static Command Revise(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("草案", "the draft"));
        var numbers = new PolicyFlags(shell);
        return shell
            .Signed(
                "revise",
                shell.Say("修改草案", "changes a draft"),
                async (call, token) =>
                {
                    var from = await call.Api.Policies.FindAsync(call.Parsed.GetRequiredValue(id), token);
                    var body = new PolicyBody(await numbers.ReadAsync(call, from.Numbers, token));
                    var made = await call.Api.Policies.ReviseAsync(from.Id, body, $"\"{from.Revision}\"", token);
                    call.Show(screen => Describe(screen, made));
                }
            )
            .With(id)
            .With(numbers.Options);
    }

    private static Command Approve(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("草案", "the draft"));
        var from = Shapes.Day.Option("--from", shell.Say("生效日", "the first day"), required: true);
        var number = Shapes.Text.Option("--document", shell.Say("文号", "the document's number"), required: true);
        var title = Shapes.Text.Option("--title", shell.Say("文件标题", "its title"), required: true);
        return shell
            .Signed(
                "approve",
                shell.Say("批准草案（云主管部门）", "approves a draft (the authority)"),
                async (call, token) =>
                {
                    var parsed = call.Parsed;
                    var document = new PolicyDocument(parsed.GetRequiredValue(number), parsed.GetRequiredValue(title));
                    var approved = await call.Api.Policies.ApproveAsync(
                        parsed.GetRequiredValue(id),
                        new PolicyApproval(parsed.GetRequiredValue(from)!.Value, document),
                        token
                    );
                    call.Show(screen => Describe(screen, approved));
                }
            )
            .With(id, from, number, title);
    }

    private static Command Withdraw(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("草案", "the draft"));
        return shell
            .Signed(
                "withdraw",
                shell.Say("撤回草案", "withdraws a draft"),
                async (call, token) =>
                {
                    var gone = await call.Api.Policies.WithdrawAsync(call.Parsed.GetRequiredValue(id), token);
                    call.Show(screen => Describe(screen, gone));
                }
            )
            .With(id);
    }

    private static void Describe(Screen screen, Policy policy)
    {
        screen.Fields(
            (new("标准", "policy"), policy.Id),
            (new("状态", "state"), policy.State),
            (new("生效日", "from"), Texts.Of(policy.EffectiveFrom)),
            (new("文件", "document"), Texts.Of(policy.Document is { } paper ? $"{paper.Number} {paper.Title}" : null))
        );
        screen.Heading("指标", "Numbers");
        screen.Table(
            [.. Flat("", policy.Numbers)],
            new Column<(string Path, string Value)>("项目", "number", n => n.Path),
            new("值", "value", n => n.Value, right: true)
        );
    }

    /// <summary>The numbers by their path, as --set takes them.</summary>
    private static IEnumerable<(string Path, string Value)> Flat(string path, JsonElement numbers) =>
        numbers.ValueKind == JsonValueKind.Object
            ? numbers.EnumerateObject().SelectMany(m => Flat(path.Length == 0 ? m.Name : $"{path}.{m.Name}", m.Value))
            : [(path, numbers.GetRawText())];
}
