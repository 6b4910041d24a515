using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Resources;

/// <summary>Every expected no about the screens of servers (art. 36).</summary>
public static class ConsoleRefusals
{
    public static Forbidden NoGrant(Resource resource) =>
        new(
            "console.noGrant",
            (
                $"{resource.Id} 的控制台仅限云使用单位 {resource.Tenant}，未经其授权不得访问（第三十六条）",
                $"the console of {resource.Id} is for the tenant {resource.Tenant} alone, which granted nobody access (art. 36)"
            )
        );

    public static Conflict NoServer(Resource resource) =>
        new("console.noServer", ($"{resource.Id} 不是云服务器", $"{resource.Id} is no server"));

    public static Conflict WrongState(Resource resource) =>
        new(
            "console.wrongState",
            (
                $"{resource.Id} 处于 {Words.Camel(resource.State)}，不能打开控制台",
                $"{resource.Id} is in state {Words.Camel(resource.State)}; its console cannot be opened"
            )
        );

    public static Conflict NotOffered(Resource resource, string? reason) =>
        new(
            "console.notOffered",
            ($"资源池 {resource.Pool} 不提供控制台：{reason}", $"the pool {resource.Pool} offers no console: {reason}")
        );

    public static Conflict NotOpened(Resource resource, AdapterException failure)
    {
        var code = failure.ProviderCode is null ? "" : $" [{failure.ProviderCode}]";
        var request = failure.ProviderRequestId is null ? "" : $" [request {failure.ProviderRequestId}]";
        var said = failure.Message + code + request;
        return new(
            "console.notOpened",
            (
                $"云平台未打开 {resource.Id} 的控制台（{Words.Camel(failure.Kind)}）：{said}",
                $"the cloud did not open the console of {resource.Id} ({Words.Camel(failure.Kind)}): {said}"
            )
        );
    }
}
