using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Wire;

/// <summary>Whether a call leaves something behind in the cloud.</summary>
public enum Effect
{
    /// <summary>It only looks: it may be made again at will, and nothing of it is kept on the agent's disk.</summary>
    Reads,

    /// <summary>It makes or changes something: that it was begun, and how it ended, is on the agent's disk.</summary>
    Acts,
}

/// <summary>One method of a service of <see cref="ICloudAdapter"/>, as platform and agent name it.</summary>
/// <param name="Service">The service in camel case, e.g. <c>servers</c>.</param>
/// <param name="Name">The method, e.g. <c>create</c>.</param>
/// <param name="Effect">Whether it leaves something behind.</param>
public abstract record Method(string Service, string Name, Effect Effect)
{
    /// <summary>Its full name, e.g. <c>servers.create</c>.</summary>
    public string Id => $"{Service}.{Name}";
}

/// <summary>A method with one answer.</summary>
public sealed record Method<TArguments, TAnswer>(string Service, string Name, Effect Effect)
    : Method(Service, Name, Effect)
{
    /// <summary>Whether "nothing" is an answer.</summary>
    public bool MayFindNothing { get; init; }
}

/// <summary>A method that lists, in parts.</summary>
public sealed record Listing<TArguments, TItem>(string Service, string Name) : Method(Service, Name, Effect.Reads);

/// <summary>Nothing: the arguments of a method that takes none, the answer of one that gives none.</summary>
public sealed record Nothing
{
    /// <summary>The one there is.</summary>
    public static readonly Nothing Value = new();
}

/// <summary>What to make, under which key.</summary>
public sealed record Making<TSpec>(TSpec Spec, OperationKey Key);

/// <summary>The key of what is looked for.</summary>
public sealed record ByKey(OperationKey Key);

/// <summary>Which thing.</summary>
public sealed record ById(NativeId Id);

/// <summary>Which thing, and which server it goes to.</summary>
public sealed record ToServer(NativeId Id, NativeId Server);

/// <summary>Which server, and the size it is to have.</summary>
public sealed record ToSize(NativeId Id, string Flavour, ServerSize Size);

/// <summary>Which volume, and the GiB it is to have.</summary>
public sealed record ToGiB(NativeId Id, int SizeGiB);

/// <summary>Which address, and the Mbps it is to have.</summary>
public sealed record ToBandwidth(NativeId Id, int BandwidthMbps);

/// <summary>From which instant on.</summary>
public sealed record SinceInstant(DateTimeOffset Since);

/// <summary>Whose use, and when: slots that start in [from, until).</summary>
public sealed record UseOf(IReadOnlyList<NativeId> Servers, DateTimeOffset From, DateTimeOffset Until);
