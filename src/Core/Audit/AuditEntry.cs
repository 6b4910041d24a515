using System.Diagnostics.CodeAnalysis;

namespace CloudManager.Core.Audit;

/// <summary>
/// Entry of the audit trail (审计记录, art. 36): a fact with its place in the chain. Its hash covers every field and the
/// hash of the entry before, so that no entry can be changed, removed or moved without the chain breaking there.
/// </summary>
public sealed record AuditEntry : AuditFact
{
    public AuditEntry() { }

    [SetsRequiredMembers]
    internal AuditEntry(AuditFact fact, long sequence, string previousHash, string hash)
        : base(fact)
    {
        Sequence = sequence;
        PreviousHash = previousHash;
        Hash = hash;
    }

    /// <summary>The place in the chain: 1, 2, 3, …</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of the entry before, 64 lower-case hexadecimal digits; all zero for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>The SM3 hash of this entry, 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }
}
