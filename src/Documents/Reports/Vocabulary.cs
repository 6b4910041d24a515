using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Documents.Reports;

/// <summary>The words of the procedure in both languages.</summary>
internal static class Vocabulary
{
    public static Bilingual Type(RequestType type) =>
        type switch
        {
            RequestType.Provision => ("云资源申请", "provision"),
            RequestType.Change => ("云资源调整", "change"),
            RequestType.Deregistration => ("云资源注销", "deregistration"),
            RequestType.Emergency => ("紧急发放", "emergency"),
            RequestType.OffCatalogue => ("目录外资源", "off catalogue"),
            RequestType.Migration => ("迁移", "migration"),
            RequestType.Takeover => ("纳管", "takeover"),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such type"),
        };

    public static Bilingual Step(string step) =>
        step switch
        {
            Deadlines.Accept => ("受理", "accept"),
            Deadlines.Review => ("审核", "review"),
            Deadlines.Report => ("测试报告", "test report"),
            Deadlines.Grace => ("测试资源保留", "grace after the test"),
            Deadlines.Execute => ("变更实施", "carry out the change"),
            Deadlines.Confirm => ("确认", "confirm"),
            _ => (step, step),
        };

    public static Bilingual Who(Party party) =>
        party switch
        {
            Party.Authority => ("云主管部门", "authority"),
            Party.Technical => ("云技术保障部门", "technical department"),
            Party.Tenant => ("云使用单位", "tenant"),
            Party.Provider => ("云服务商", "provider"),
            Party.Platform => ("平台", "platform"),
            _ => throw new ArgumentOutOfRangeException(nameof(party), party, "no such party"),
        };

    public static Bilingual PoolKind(string? kind) =>
        kind switch
        {
            "new" => ("新增", "new"),
            "legacy" => ("存量", "legacy"),
            "industry" => ("行业", "industry"),
            "municipal" => ("市州", "municipal"),
            null => ("已移除", "no longer declared"),
            _ => (kind, kind),
        };
}
