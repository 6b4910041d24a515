using System.Globalization;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>ECS's words for a server in the contract's: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_08_0002.html</summary>
internal static class ServerView
{
    private const int MiBPerGiB = 1024;

    /// <summary>The server; null for one that ECS only remembers as deleted.</summary>
    /// <exception cref="AdapterException">ECS tells nothing of it.</exception>
    public static CloudServer? Of(ServerBody body)
    {
        if (body.Status is "DELETED" or "SOFT_DELETED")
        {
            return null;
        }

        if (body is not { Name: { } name, Status: { } status, Flavor: { } flavour })
        {
            throw new AdapterException(FailureKind.Unavailable, $"ECS tells nothing of server '{body.Id}' now.");
        }

        var state = State(status, body.TaskState);
        return new CloudServer
        {
            Id = new NativeId(body.Id),
            Name = name,
            State = state,
            Size = Size(flavour.Vcpus, flavour.Ram),
            Flavour = flavour.Id,
            CreatedAt = Time(body.Created),
            Addresses = [.. Private(body)],
            Key = Keys.FromTags(body.Tags),
            Fault = state == CloudState.Error ? body.Fault?.Message : null,
        };
    }

    /// <summary>Cores and whole GiB; a part of one is left out, so that less than ordered is never taken for it.</summary>
    public static ServerSize Size(int vcpus, int mebibytes) => new(vcpus, Math.Max(1, mebibytes / MiBPerGiB));

    private static CloudState State(string status, string? task) =>
        status switch
        {
            "ERROR" when task is not "deleting" => CloudState.Error,
            _ when !string.IsNullOrEmpty(task) => CloudState.Pending,
            "ACTIVE" => CloudState.Active,
            "SHUTOFF" or "PAUSED" or "SUSPENDED" or "SHELVED" or "SHELVED_OFFLOADED" => CloudState.Stopped,
            _ => CloudState.Pending,
        };

    /// <summary>Instants without a zone are UTC.</summary>
    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    private static IEnumerable<string> Private(ServerBody body) =>
        (body.Addresses ?? new Dictionary<string, IReadOnlyList<ServerAddress>>())
            .SelectMany(network => network.Value)
            .Where(address => address.Type is null or "fixed")
            .Select(address => address.Addr);
}
