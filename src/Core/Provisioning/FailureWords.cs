using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>Says what went wrong in words a provider understands, with the cloud's own code and request id.</summary>
internal static class FailureWords
{
    public static Bilingual Of(TaskKind task, Resource resource, AdapterException failure)
    {
        var (zh, en) = Of(failure.Kind);
        var trail = Trail(failure);
        var what = $"{resource.Id} {resource.Item}";
        return (
            $"{what}（{task}）：{zh}：{failure.Message}{trail}",
            $"{what} ({task}): {en}: {failure.Message}{trail}"
        );
    }

    /// <summary>The kind of failure in words.</summary>
    public static Bilingual Of(FailureKind kind) =>
        kind switch
        {
            FailureKind.NoCapacity => ("资源池容量不足", "the pool has no room"),
            FailureKind.QuotaExceeded => ("超出资源池配额", "the pool's quota is used up"),
            FailureKind.InvalidRequest => ("云平台不接受所给参数", "the cloud refuses the values"),
            FailureKind.Unauthenticated => ("资源池凭据无效", "the pool's credentials are not accepted"),
            FailureKind.Forbidden => ("资源池凭据权限不足", "the pool's credentials may not do this"),
            FailureKind.NotFound => ("云平台上找不到该对象", "the cloud does not know it"),
            FailureKind.Conflict => ("对象当前状态不允许此操作", "its state does not allow this"),
            FailureKind.Unsupported => ("资源池不支持此操作", "the pool cannot do this"),
            FailureKind.Throttled => ("云平台限流，稍后重试", "the cloud throttles; trying again"),
            _ => ("云平台无应答，稍后重试", "the cloud does not answer; trying again"),
        };

    private static string Trail(AdapterException failure)
    {
        var code = failure.ProviderCode is null ? "" : $" [{failure.ProviderCode}]";
        var request = failure.ProviderRequestId is null ? "" : $" [request {failure.ProviderRequestId}]";
        return code + request;
    }
}
