using CloudManager.Adapters.Relay.Wire;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Agents;

/// <summary>What agents are told that are not let in, or whose messages are not taken.</summary>
internal static class AgentRefusals
{
    public static readonly Refusal TooOften = new Conflict(
        "agent.tooOften",
        ("调用过于频繁，请稍后再试", "too many calls: come again later")
    );

    public static readonly Refusal NoRoom = new Conflict(
        "agent.noRoom",
        (
            "该资源池的代理过多，或此代理实例已以其他凭据登记",
            "too many agents for this pool, or another key is using this agent's instance"
        )
    );

    public static readonly Refusal Full = new Conflict(
        "agent.notYet",
        ("前一部分尚未读完，请重发", "the part before is not read yet: post it again")
    );

    public static readonly Refusal Gone = new Conflict(
        "agent.gone",
        ("已无人等待此调用的结果，可丢弃", "nobody waits for this call any more: drop it")
    );

    public static readonly Refusal NotYours = new Invalid(
        "agent.notYours",
        ("此调用不属于该代理", "the call is not this agent's")
    );

    public static readonly Refusal OutOfOrder = new Invalid(
        "agent.outOfOrder",
        ("缺少前面的部分", "a part before this one is missing")
    );

    public static Refusal Unknown(string pool) =>
        new Unauthenticated(
            "agent.unknown",
            (
                $"密钥或证书无效，或不能打开资源池“{pool}”",
                $"the key or certificate is wrong, or does not open the pool '{pool}'"
            )
        );

    public static Refusal Closed(string pool) =>
        new Conflict(
            "agent.poolClosed",
            ($"平台无法打开资源池“{pool}”的设置", $"the platform cannot open the settings of pool '{pool}'")
        );

    public static Refusal Contract(int? version) =>
        new Conflict(
            "agent.contract",
            (
                $"代理的协议版本为 {Named(version)}，平台为 {RelayContract.Version}；请升级较旧的一方",
                $"the agent speaks contract {Named(version)}, the platform {RelayContract.Version}: upgrade the older of the two"
            )
        );

    public static Refusal Malformed(string path) =>
        new Malformed("agent.malformed", ($"报文有误：{path}", $"the message is not what is asked for, at {path}"));

    public static Refusal Invalid(string path) =>
        new Invalid("agent.invalid", ($"报文的值有误：{path}", $"the message has a value that is not taken: {path}"));

    private static string Named(int? version) => version?.ToString() ?? "?";
}
