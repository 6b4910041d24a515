using CloudManager.Cli.Commands;
using CloudManager.Client.Requests;

namespace CloudManager.Cli.Story;

/// <summary>The first chapter: from the application over ten days of test to the filed advice (art. 18, 19).</summary>
internal sealed class TestPeriod(Stage stage)
{
    private Cast Cast => stage.Cast;

    /// <summary>Applies for lines and brings them into the test.</summary>
    public async Task<string> BeginAsync(
        Basket basket,
        string system,
        IReadOnlyList<NewLine> lines,
        CancellationToken cancellationToken
    )
    {
        var wanted = new NewRequest("provision", system, "业务高峰扩容", lines, basket.Pool.Id);
        var draft = await Cast.Tenant.Api.Requests.CreateAsync(wanted, Guid.NewGuid().ToString(), cancellationToken);
        stage.Narrator.Step(
            Cast.Tenant.Account,
            draft.CreatedAt,
            new($"申请 {draft.Id}（{system}）", $"drafts {draft.Id} ({system})"),
            draft.State
        );
        (Player Who, string Action, StepInput Input)[] steps =
        [
            (Cast.Tenant, "submit", StepInput.Nothing),
            (Cast.Authority, "accept", StepInput.Saying("材料齐全，予以受理")),
            (Cast.Authority, "approve", StepInput.Saying("同意")),
            (Cast.Technical, "issue-test-order", StepInput.Nothing),
        ];
        foreach (var (who, action, input) in steps)
        {
            await stage.ActAsync(who, (draft.Id, action), input, cancellationToken);
        }

        await stage.WaitAsync(draft.Id, "testing", cancellationToken);
        return draft.Id;
    }

    /// <summary>Reports on the test, reads the advice of the measurements and files it.</summary>
    public async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        var report = new StepInput { Summary = "功能与压力测试通过" };
        await stage.ActAsync(Cast.Tenant, (id, "submit-test-report"), report, cancellationToken);
        var lines = await AdvisedAsync(id, cancellationToken);
        await stage.ActAsync(Cast.Technical, (id, "advise"), StepInput.With(lines), cancellationToken);
        await stage.ActAsync(Cast.Technical, (id, "file-advice"), StepInput.Nothing, cancellationToken);
    }

    /// <summary>The lines as asked for, servers in the size that their measurements speak for.</summary>
    private async Task<IReadOnlyList<NewLine>> AdvisedAsync(string id, CancellationToken cancellationToken)
    {
        var api = Cast.Technical.Api;
        var advice = await api.Advice.OfRequestAsync(id, cancellationToken);
        var request = await api.Requests.FindAsync(id, cancellationToken);
        stage.Narrator.Step(
            Cast.Technical.Account,
            await stage.NowAsync(cancellationToken),
            new($"{id} 读取配置建议", $"{id} reads the advice"),
            advice.Verdict
        );
        var screen = stage.Narrator.Screen;
        screen.Table(advice.Lines, RequestCommand.AdviceColumns(screen.Language));
        var better = advice.Lines.Where(l => l.Recommended is not null).ToDictionary(l => l.No, l => l.Recommended!);
        return
        [
            .. request.Lines.Select(line => new NewLine(
                line.Item,
                line.Quantity,
                better.TryGetValue(line.No, out var size) ? Resized(line.Spec, size) : line.Spec,
                line.Pool,
                line.No
            )),
        ];
    }

    private static Spec Resized(Spec spec, Spec size) =>
        spec with
        {
            Vcpus = size.Vcpus ?? spec.Vcpus,
            MemoryGiB = size.MemoryGiB ?? spec.MemoryGiB,
        };
}
