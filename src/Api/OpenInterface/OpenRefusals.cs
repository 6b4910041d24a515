using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.OpenInterface;

/// <summary>Every expected no to an upper installation.</summary>
internal static class OpenRefusals
{
    public static NotFound NotFound(ClientScope scope, NativeId id) =>
        new(
            "openInterface.notFound",
            (
                $"{scope.Kind} 中没有此标识",
                $"there is none of that identifier among the {scope.Kind} made for {scope.Client}"
            )
        );

    public static Forbidden TakesNothing(PoolId pool, PoolStatus status) =>
        new(
            "openInterface.poolTakesNothing",
            (
                $"资源池 {pool} 状态为 {Words.Camel(status)}，暂不接受新建",
                $"pool {pool} is {Words.Camel(status)} and takes nothing new"
            )
        );

    /// <summary>Whether a cloud can have such an identifier; nothing else is looked up.</summary>
    public static bool CanBeId(NativeId id) => OpenWire.IsId(id.Value);

    /// <summary>The refusal in the words of the open interface.</summary>
    public static AdapterException Told(Refusal refusal)
    {
        var kind = refusal switch
        {
            Core.Kernel.NotFound => FailureKind.NotFound,
            Forbidden => FailureKind.Forbidden,
            Conflict => FailureKind.Conflict,
            _ => FailureKind.InvalidRequest,
        };
        return new AdapterException(kind, $"{refusal.Detail.Zh} / {refusal.Detail.En}") { ProviderCode = refusal.Code };
    }
}
