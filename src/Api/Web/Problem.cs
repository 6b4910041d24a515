using System.Diagnostics;
using System.Text.Json.Serialization;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Web;

/// <summary>Problem details (RFC 9457) with a stable code; what people read is in Chinese and English.</summary>
internal sealed record Problem
{
    public const string MediaType = "application/problem+json";

    /// <summary>No page describes the problem further than its code.</summary>
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>The stable code that programs act on.</summary>
    public required string Code { get; init; }

    public required string Detail { get; init; }

    public required string DetailEn { get; init; }

    /// <summary>The fields at fault.</summary>
    public IReadOnlyList<ProblemField> Errors { get; init; } = [];

    /// <summary>The id that the logs and the audit trail carry too.</summary>
    public required string TraceId { get; init; }

    /// <summary>The one place where a refusal becomes a status.</summary>
    public static int StatusOf(Refusal refusal) =>
        refusal switch
        {
            Malformed => StatusCodes.Status400BadRequest,
            Unauthenticated => StatusCodes.Status401Unauthorized,
            Forbidden => StatusCodes.Status403Forbidden,
            NotFound => StatusCodes.Status404NotFound,
            Conflict => StatusCodes.Status409Conflict,
            Stale => StatusCodes.Status412PreconditionFailed,
            Invalid => StatusCodes.Status422UnprocessableEntity,
            Locked => StatusCodes.Status423Locked,
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Code, "no status for this refusal"),
        };

    public static Problem Of(Refusal refusal, string traceId) => Of(StatusOf(refusal), refusal, traceId);

    public static Problem Of(int status, Refusal refusal, string traceId) =>
        new()
        {
            Title = TitleOf(status),
            Status = status,
            Code = refusal.Code,
            Detail = refusal.Detail.Zh,
            DetailEn = refusal.Detail.En,
            Errors = [.. refusal.Faults.Select(ProblemField.Of)],
            TraceId = traceId,
        };

    /// <summary>The id that ties an answer to the logs and the audit trail.</summary>
    public static string TraceIdOf(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;

    private static string TitleOf(int status) =>
        status switch
        {
            400 => "请求无法读取",
            401 => "未登录",
            403 => "无权办理",
            404 => "未找到",
            405 => "不支持的方法",
            409 => "当前状态不允许",
            410 => "已失效",
            412 => "已被他人更新",
            413 => "请求过大",
            415 => "不支持的内容类型",
            422 => "输入有误",
            423 => "账号已锁定",
            429 => "调用过于频繁",
            503 => "暂不可用",
            _ => "内部错误",
        };
}

/// <summary>One field at fault.</summary>
internal sealed record ProblemField(
    string Path,
    string? Value,
    string Expected,
    string ExpectedEn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code
)
{
    /// <summary>The capability of the pool that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Capability { get; init; }

    /// <summary>The pool's limit that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Limit { get; init; }

    public static ProblemField Of(FieldFault fault) =>
        new(fault.Path, fault.Value, fault.Expected.Zh, fault.Expected.En, fault.Code)
        {
            Capability = fault.Capability,
            Limit = fault.Limit,
        };
}
