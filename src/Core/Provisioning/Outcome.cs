using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Provisioning;

/// <summary>What a look at the cloud says about a task.</summary>
public abstract record Outcome
{
    /// <summary>It is as ordered.</summary>
    public sealed record Settled(NativeId? NativeId, IReadOnlyList<string> Addresses) : Outcome;

    /// <summary>The cloud is at work.</summary>
    public sealed record Pending(NativeId? NativeId) : Outcome;

    /// <summary>It will not pass.</summary>
    public sealed record Failed(Bilingual Reason, NativeId? NativeId) : Outcome;

    /// <summary>The cloud knows nothing of it.</summary>
    public sealed record Absent : Outcome;
}
