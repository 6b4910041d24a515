namespace CloudManager.Adapters.Relay.Wire;

/// <summary>What platform and site agent (现场代理) agree on beforehand: the version, the addresses, and the bounds of what they send.</summary>
public static class RelayContract
{
    /// <summary>The version of the messages. A platform and an agent of two versions do not work together, and say so.</summary>
    public const int Version = 1;

    /// <summary>The scheme of the Authorization header an agent sends its key under.</summary>
    public const string Scheme = "AgentKey";

    /// <summary>The most bytes of a message.</summary>
    public const int LongestMessage = 1024 * 1024;

    /// <summary>The most items of one part of a listing.</summary>
    public const int PartItems = 500;

    /// <summary>About how many bytes of items an agent puts into one part; a single larger item is sent alone.</summary>
    public const int PartBytes = 256 * 1024;

    /// <summary>The most parts of one call: a listing that never ends breaks off there.</summary>
    public const int MostParts = 100_000;

    /// <summary>The most calls that one agent may hold: under way, or answered and not yet acknowledged.</summary>
    public const int MostHeld = 1000;

    /// <summary>The longest a poll may wait for calls.</summary>
    public static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);

    /// <summary>Where an agent asks for calls, relative to the platform's address.</summary>
    public static string LeasePath(string pool) => $"agent/v1/pools/{pool}/lease";

    /// <summary>Where an agent answers them.</summary>
    public static string AnswersPath(string pool) => $"agent/v1/pools/{pool}/answers";
}
