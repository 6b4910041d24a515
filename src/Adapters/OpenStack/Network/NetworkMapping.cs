using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>What Neutron's answers mean in the contract's words.</summary>
internal static class NetworkMapping
{
    private const string Mark = "cloudmanager:";

    /// <summary>The key as it stands in a description: Neutron takes it with the creation itself and finds by it.</summary>
    public static string Description(OperationKey key) => Mark + key.Value;

    /// <summary>A network's description says its range too: enough to finish one that was cut off in the making.</summary>
    public static string Description(OperationKey key, string cidr) => $"{Mark}{key} {cidr}";

    public static OperationKey? Key(string? description) =>
        description is not null
        && description.StartsWith(Mark, StringComparison.Ordinal)
        && OperationKey.TryParse(description[Mark.Length..].Split(' ')[0], out var key)
            ? key
            : null;

    /// <summary>The range that a network's description says; null if it says none.</summary>
    public static string? Range(string? description) =>
        Key(description) is not null && description!.Split(' ') is [_, var cidr] ? cidr : null;

    /// <summary>A network without its range is still in the making.</summary>
    public static CloudNetwork Of(NetworkBody body, string? cidr) =>
        new()
        {
            Id = new NativeId(body.Id),
            Name = body.Name ?? "",
            State = State(body.Status, cidr is null),
            Cidr = cidr ?? "",
            Key = Key(body.Description),
            Fault = body.Status == "ERROR" ? "Neutron says 'ERROR'." : null,
        };

    /// <summary>An address that is bound to nothing is DOWN, and ready.</summary>
    public static CloudAddress Of(AddressBody body, string? server) =>
        new()
        {
            Id = new NativeId(body.Id),
            Address = body.FloatingIpAddress,
            State = body.Status == "ERROR" ? CloudState.Error : CloudState.Active,
            BoundTo = string.IsNullOrEmpty(server) ? null : new NativeId(server),
            Key = Key(body.Description),
        };

    private static CloudState State(string? status, bool lacksRange) =>
        status switch
        {
            "ERROR" => CloudState.Error,
            "ACTIVE" or "DOWN" when !lacksRange => CloudState.Active,
            _ => CloudState.Pending,
        };
}
