namespace CloudManager.Core.Audit;

/// <summary>The end of the chain so far: what the next entry is chained to.</summary>
/// <param name="Sequence">The last entry's place; 0 before the first.</param>
/// <param name="Hash">The last entry's hash, 64 lower-case hexadecimal digits; all zero before the first.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary>The head of an empty chain.</summary>
    public static AuditHead Genesis { get; } = new(0, new string('0', 64));

    /// <summary>The head once this entry is the last.</summary>
    public static AuditHead After(AuditEntry entry) => new(entry.Sequence, entry.Hash);
}
