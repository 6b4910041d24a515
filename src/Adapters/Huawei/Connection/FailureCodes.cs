using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>
/// Codes that say more than their status. The clouds answer 400 to much that is missing, and 403 to an exhausted quota; the
/// codes of jobs have no status at all. See https://support.huaweicloud.com/intl/en-us/api-ecs/ErrorCode.html and the
/// like of EVS, VPC, EIP and IMS.
/// </summary>
internal static class FailureCodes
{
    private const string Gateway = "APIGW.";

    private static readonly Dictionary<string, FailureKind> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["APIGW.0101"] = FailureKind.Unsupported,
        ["APIGW.0106"] = FailureKind.Unsupported,
        ["APIGW.0201"] = FailureKind.InvalidRequest,
        ["APIGW.0301"] = FailureKind.Unauthenticated,
        ["APIGW.0303"] = FailureKind.Unauthenticated,
        ["APIGW.0307"] = FailureKind.Unauthenticated,
        ["APIGW.0308"] = FailureKind.Throttled,
        ["Ecs.0001"] = FailureKind.QuotaExceeded,
        ["Ecs.0003"] = FailureKind.Forbidden,
        ["Ecs.0114"] = FailureKind.NotFound,
        ["Ecs.0614"] = FailureKind.NotFound,
        ["Common.0011"] = FailureKind.NotFound,
        ["EVS.5404"] = FailureKind.NotFound,
        ["VPC.0504"] = FailureKind.NotFound,
        ["VPC.0012"] = FailureKind.NotFound,
        ["VPC.0003"] = FailureKind.NotFound,
        ["IMG.0027"] = FailureKind.NotFound,
        ["IMG.0005"] = FailureKind.NotFound,
        ["VPC.0004"] = FailureKind.Conflict,
        ["Ecs.0100"] = FailureKind.Conflict,
        ["Ecs.0103"] = FailureKind.Conflict,
        // Quotas of addresses, disks and VPCs; no address left in the subnet, no host left for the flavour.
        ["Ecs.0013"] = FailureKind.QuotaExceeded,
        ["Ecs.0021"] = FailureKind.QuotaExceeded,
        ["EVS.5413"] = FailureKind.QuotaExceeded,
        ["VPC.0114"] = FailureKind.QuotaExceeded,
        ["Ecs.0012"] = FailureKind.NoCapacity,
        ["Ecs.0319"] = FailureKind.NoCapacity,
        ["OverQuota"] = FailureKind.QuotaExceeded,
        ["overLimit"] = FailureKind.Throttled,
        ["itemNotFound"] = FailureKind.NotFound,
    };

    /// <summary>What the code means; null for one that says no more than its status.</summary>
    public static FailureKind? Kind(string? code) =>
        code is not null && Known.TryGetValue(Plain(code), out var kind) ? kind : null;

    /// <summary>ECS hides that a volume is gone behind a general code, with Cinder's own word in the text.</summary>
    public static bool IsHiddenNotFound(string? code, string? message) =>
        code == "Ecs.1000" && message?.Contains("itemNotFound", StringComparison.Ordinal) == true;

    /// <summary>Older gateways print APIG.</summary>
    private static string Plain(string code) =>
        code.StartsWith("APIG.", StringComparison.OrdinalIgnoreCase) ? Gateway + code["APIG.".Length..] : code;
}
