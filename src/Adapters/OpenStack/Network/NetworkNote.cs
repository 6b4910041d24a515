using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>
/// What a network's description holds: the key, and the range its subnet shall have. Written with the network itself,
/// so that one whose making was cut off can be finished by whoever finds it.
/// </summary>
internal sealed record NetworkNote(OperationKey Key, string Cidr)
{
    public string Text => $"{Keys.Describe(Key)} {Cidr}";

    /// <summary>The note; null for a description somebody else wrote.</summary>
    public static NetworkNote? Read(string? description)
    {
        var space = description?.LastIndexOf(' ') ?? -1;
        return space > 0 && Keys.FromDescription(description![..space]) is { } key
            ? new NetworkNote(key, description[(space + 1)..])
            : null;
    }
}
