using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Compute;

/// <summary>
/// An instance in the contract's words. Life cycle:
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
/// </summary>
internal static class ServerView
{
    public static bool IsGone(Instance instance) => instance.State?.Name?.Value is "terminated";

    public static CloudServer Of(Instance instance, InstanceTypes types) =>
        new()
        {
            Id = new NativeId(instance.InstanceId),
            Name = Keys.NameOf(instance.Tags, instance.InstanceId),
            State = State(instance.State?.Name?.Value),
            Size = types.SizeOf(instance),
            Flavour = instance.InstanceType?.Value,
            CreatedAt = instance.LaunchTime is { } at
                ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc))
                : null,
            Addresses = [.. Private(instance)],
            Key = Keys.Of(instance.Tags),
        };

    /// <summary>Why the cloud ended it, e.g. <c>Server.InternalError: …</c>; null where it gives no reason.</summary>
    public static string? Reason(Instance instance) =>
        instance.StateReason is { Code: { Length: > 0 } code } reason ? $"{code}: {reason.Message}" : null;

    private static CloudState State(string? name) =>
        name switch
        {
            "running" => CloudState.Active,
            "stopped" => CloudState.Stopped,
            // pending, stopping, shutting-down: the cloud is still at it.
            _ => CloudState.Pending,
        };

    private static IEnumerable<string> Private(Instance instance)
    {
        var addresses = (instance.NetworkInterfaces ?? [])
            .SelectMany(face => face.PrivateIpAddresses ?? [])
            .Select(address => address.PrivateIpAddress)
            .OfType<string>()
            .ToList();
        return addresses.Count > 0 ? addresses
            : instance.PrivateIpAddress is { Length: > 0 } one ? [one]
            : [];
    }
}
