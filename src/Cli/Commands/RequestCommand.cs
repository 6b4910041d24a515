using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client;
using CloudManager.Client.Requests;
using CloudManager.Client.WorkOrders;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr request: requests and the steps of their way.</summary>
internal static class RequestCommand
{
    private const int LargestPage = 500;

    public static Command Build(Shell shell) =>
        new Command("request", shell.Say("申请", "requests"))
            .With(List(shell), Show(shell), Advice(shell), WaitCommand.Build(shell), Revise(shell))
            .With([.. Verb.All.Select(verb => StepCommand.Build(shell, verb))]);

    private static Argument<string> Id(Shell shell) => Shapes.Text.Argument("ID", shell.Say("申请编号", "the request"));

    private static Command List(Shell shell)
    {
        var state = Shapes.Text.Option("--state", shell.Say("状态，如 submitted", "in a state such as submitted"));
        var type = Shapes.Text.Option("--type", shell.Say("类型，如 provision", "of a type such as provision"));
        var system = Shapes.Text.Option("--system", shell.Say("系统", "for a system"));
        var tenant = Shapes.Text.Option("--tenant", shell.Say("云使用单位", "of a tenant"));
        var paging = new Paging(shell);
        return shell
            .Signed(
                "list",
                shell.Say("申请列表", "the requests one may see"),
                (call, token) =>
                {
                    var query = new RequestQuery
                    {
                        State = call.Parsed.GetValue(state),
                        Type = call.Parsed.GetValue(type),
                        System = call.Parsed.GetValue(system),
                        Tenant = call.Parsed.GetValue(tenant),
                    };
                    return paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Requests.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, t),
                        RequestPage.Columns,
                        token
                    );
                }
            )
            .With(state, type, system, tenant)
            .With(paging.Options);
    }

    private static Command Show(Shell shell)
    {
        var id = Id(shell);
        return shell
            .Signed(
                "show",
                shell.Say("一份申请：明细、时限、办理过程、工单", "one request: lines, deadlines, history, orders"),
                (call, token) => ShowAsync(call, call.Parsed.GetRequiredValue(id), token)
            )
            .With(id);
    }

    private static async Task ShowAsync(Call call, string id, CancellationToken cancellationToken)
    {
        var request = await call.Api.Requests.FindAsync(id, cancellationToken);
        if (call.Json)
        {
            call.Screen.Json(call.Heard.Last);
            return;
        }

        var orders = new List<WorkOrder>();
        var pages = AllPages.OfAsync(
            (cursor, token) =>
                call.Api.WorkOrders.ListAsync(
                    new WorkOrderQuery
                    {
                        Request = id,
                        Limit = LargestPage,
                        Cursor = cursor,
                    },
                    token
                ),
            cancellationToken
        );
        await foreach (var order in pages)
        {
            orders.Add(order);
        }

        RequestPage.Show(call.Screen, request, orders);
    }

    private static Command Advice(Shell shell)
    {
        var id = Id(shell);
        return shell
            .Signed(
                "advice",
                shell.Say("由测试期采样得出的配置建议", "the sizes that the test's measurements speak for"),
                (call, token) => AdviceAsync(call, call.Parsed.GetRequiredValue(id), token)
            )
            .With(id);
    }

    private static async Task AdviceAsync(Call call, string id, CancellationToken cancellationToken)
    {
        var advice = await call.Api.Advice.OfRequestAsync(id, cancellationToken);
        call.Show(screen =>
        {
            screen.Fields(
                (new("申请", "request"), advice.Request),
                (new("结论", "verdict"), advice.Verdict),
                (new("起", "from"), advice.Window.From),
                (new("止（不含）", "until"), advice.Window.Until),
                (new("目标", "target"), Texts.Of(advice.Target))
            );
            screen.Line();
            screen.Table(advice.Lines, AdviceColumns(screen.Language));
        });
    }

    public static Column<AdviceLine>[] AdviceColumns(Language language) =>
        [
            new("行", "no", l => Texts.Of(l.No), right: true),
            new("目录项", "item", l => l.Item),
            new("数量", "quantity", l => Texts.Of(l.Quantity), right: true),
            new("申请规格", "spec", l => Texts.Of(l.Spec)),
            new("建议规格", "recommended", l => l.Recommended is { } better ? Texts.Of(better) : Texts.None),
            new("CPU p95%", "cpu p95%", l => Texts.Percent(l.Cpu?.P95), right: true),
            new("内存 p95%", "mem p95%", l => Texts.Percent(l.Memory?.P95), right: true),
            new("结论", "verdict", l => l.Verdict),
            new(
                "理由",
                "reasons",
                l => string.Join(language == Language.Zh ? "；" : "; ", l.Reasons.Select(r => Texts.Of(r, language)))
            ),
        ];

    private static Command Revise(Shell shell)
    {
        var id = Id(shell);
        var file = Shapes.Text.Option(
            "--file",
            shell.Say("整份申请的 JSON 文件", "the whole request as JSON"),
            required: true
        );
        var version = StepCommand.Version(shell);
        return shell
            .Signed(
                "revise",
                shell.Say("改写草稿", "rewrite a draft"),
                async (call, token) =>
                {
                    var body = await JsonFile.ReadAsync("--file", call.Parsed.GetRequiredValue(file), token);
                    var ifMatch = StepCommand.IfMatch(call.Parsed.GetValue(version));
                    var made = await call.Api.Steps.ReviseAsync(call.Parsed.GetRequiredValue(id), body, ifMatch, token);
                    call.Show(screen => RequestPage.Show(screen, made));
                }
            )
            .With(id, file, version);
    }
}
