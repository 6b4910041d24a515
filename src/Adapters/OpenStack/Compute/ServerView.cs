using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>Nova's words for a server in the contract's. See https://docs.openstack.org/api-guide/compute/server_concepts.html</summary>
internal static class ServerView
{
    /// <summary>The tag that says a server is this platform's; another of its tags is the key.</summary>
    public const string Mark = "cloudmanager";

    private const string UsualKey = "cm-";

    /// <summary>The server; null for one that Nova only remembers as deleted.</summary>
    /// <exception cref="AdapterException">Its cell is down, so that nothing is known of it.</exception>
    public static CloudServer? Of(ServerBody body)
    {
        if (body.Status is "DELETED" or "SOFT_DELETED")
        {
            return null;
        }

        if (body is not { Name: { } name, Flavor: { } flavour })
        {
            throw new AdapterException(
                FailureKind.Unavailable,
                $"Nova cannot tell anything of server '{body.Id}' now: the cell that holds it is down."
            );
        }

        var state = State(body.Status, body.TaskState);
        return new CloudServer
        {
            Id = new NativeId(body.Id),
            Name = name,
            State = state,
            Size = Size(flavour.Vcpus, flavour.Ram),
            Flavour = flavour.OriginalName,
            CreatedAt = body.Created,
            Addresses = [.. Private(body)],
            Key = Key(body.Tags),
            Fault = state == CloudState.Error ? body.Fault?.Message : null,
        };
    }

    /// <summary>Cores and whole GiB; a part of one is left out, so that less than ordered is never taken for it.</summary>
    public static ServerSize Size(int vcpus, int mebibytes) => new(vcpus, Math.Max(1, mebibytes / 1024));

    public static CloudState State(string? status, string? task) =>
        status switch
        {
            "ERROR" when task is not "deleting" => CloudState.Error,
            _ when task is not null => CloudState.Pending,
            "ACTIVE" or "RESCUE" => CloudState.Active,
            "VERIFY_RESIZE" => CloudState.Resized,
            "SHUTOFF" or "PAUSED" or "SUSPENDED" or "SHELVED" or "SHELVED_OFFLOADED" => CloudState.Stopped,
            _ => CloudState.Pending,
        };

    private static IEnumerable<string> Private(ServerBody body) =>
        (body.Addresses ?? new Dictionary<string, IReadOnlyList<ServerAddress>>())
            .SelectMany(network => network.Value)
            .Where(address => address.Type is null or "fixed")
            .Select(address => address.Addr);

    /// <summary>Whether the server was made under the key, whatever tags others have given it since.</summary>
    public static bool Bears(ServerBody body, OperationKey key) =>
        body.Tags is { } tags && tags.Contains(Mark) && tags.Contains(key.Value);

    /// <summary>Nova keeps no order of tags: of several that may be the key it is the one that begins as keys do.</summary>
    private static OperationKey? Key(IReadOnlyList<string>? tags)
    {
        if (tags is null || !tags.Contains(Mark))
        {
            return null;
        }

        var keys = tags.Where(tag => tag != Mark).Select(Keys.Parse).OfType<OperationKey>().ToList();
        var usual = keys.Where(key => key.Value.StartsWith(UsualKey, StringComparison.Ordinal)).ToList();
        return usual is [var one, ..] ? one
            : keys is [var first, ..] ? first
            : null;
    }
}
