using CloudManager.Cli.Output;

namespace CloudManager.Cli.Commands;

/// <summary>What a step may take along.</summary>
[Flags]
internal enum Takes
{
    Nothing = 0,
    Opinion = 1,
    Summary = 2,
    Lines = 4,
    CompletedOn = 8,
    Pool = 16,
    WorkOrder = 32,
    EndedOn = 64,
}

/// <summary>One step of a request's way, as it is called from the terminal.</summary>
internal sealed record Verb(string Name, Words Meaning, Takes Takes)
{
    /// <summary>All steps that the platform offers, in the order of the way.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [
        Of("submit", "提交", "submit the draft"),
        Of("accept", "受理", "accept it", Takes.Opinion),
        Of("not-accept", "不予受理（须有意见）", "do not accept it (opinion)", Takes.Opinion),
        Of("resubmit", "补正后重新提交", "submit it again", Takes.Opinion | Takes.Lines),
        Of("approve", "审核同意", "approve it", Takes.Opinion | Takes.Lines),
        Of("reject", "审核不同意（须有意见）", "reject it (opinion)", Takes.Opinion),
        Of("issue-test-order", "下达测试工单", "issue the test order", Takes.Opinion),
        Of("submit-test-report", "提交测试报告（须有摘要）", "submit the test report (summary)", Takes.Summary),
        Of("advise", "提出配置建议（须有明细）", "advise what to deliver (lines)", Takes.Opinion | Takes.Lines),
        Of("file-advice", "建议备案", "file the advice", Takes.Opinion),
        Of("issue-delivery-order", "下达交付工单", "issue the delivery order", Takes.Opinion),
        Of(
            "confirm",
            "确认交付、变更或服务终止",
            "confirm the delivery, the change or the end",
            Takes.Opinion | Takes.CompletedOn | Takes.EndedOn
        ),
        Of("dispute", "对交付提出异议（须有意见）", "dispute the delivery (opinion)", Takes.Opinion),
        Of("agree", "云服务商同意完成日", "the provider agrees to the day", Takes.Opinion),
        Of("decide", "裁定（须有意见）", "decide the dispute (opinion)", Takes.Opinion | Takes.CompletedOn),
        Of("withdraw", "撤回", "withdraw it", Takes.Opinion),
        Of("reissue-order", "重新下达工单", "issue a failed order again", Takes.Opinion | Takes.Pool | Takes.WorkOrder),
        Of("choose-pool", "改选资源池", "choose another pool", Takes.Opinion | Takes.Pool | Takes.WorkOrder),
        Of("accept-partial", "接受部分完成", "go on with what was completed", Takes.Opinion),
        Of("concur", "会签同意变更", "consent to a change", Takes.Opinion),
        Of("dissent", "会签不同意变更（须有意见）", "do not consent to a change (opinion)", Takes.Opinion),
        Of("issue-reclaim-order", "下达回收工单", "issue the reclaim order", Takes.Opinion),
        Of("confirm-backup", "确认数据已备份", "confirm that the data are backed up", Takes.Opinion),
        Of("confirm-cleaned", "确认数据已清理", "confirm that the data may be destroyed", Takes.Opinion),
    ];

    private static Verb Of(string name, string zh, string en, Takes takes = Takes.Nothing) =>
        new(name, new Words(zh, en), takes);
}
