using CloudManager.Core.Kernel;

namespace CloudManager.Core.Audit;

/// <summary>What a chain is verified against beside itself.</summary>
/// <param name="Head">The head that the books keep beside the entries, read in one transaction with them; null if none.</param>
/// <param name="Checkpoint">A checkpoint kept outside; null if there is none at hand.</param>
public sealed record AuditExpectation(AuditHead? Head, AuditCheckpoint? Checkpoint)
{
    /// <summary>Nothing but the chain itself, which cannot show a cut tail.</summary>
    public static AuditExpectation None { get; } = new(null, null);
}

/// <summary>How a chain of entries is broken.</summary>
public enum AuditFault
{
    /// <summary>A field of the entry is not what was sealed.</summary>
    Changed,

    /// <summary>The entry is not there, though later ones are.</summary>
    Missing,

    /// <summary>The entry stands at another place.</summary>
    OutOfOrder,

    /// <summary>The entry and its hash are not those that the next entry was chained to.</summary>
    Rewritten,

    /// <summary>The chain ends before the head or the checkpoint; the entry is the first that is not there.</summary>
    TailCut,

    /// <summary>The chain is whole in itself but does not end at the stored head.</summary>
    HeadMismatch,

    /// <summary>The chain is whole in itself but the entry is not the one of the checkpoint.</summary>
    CheckpointMismatch,
}

/// <summary>The first place where a chain is broken.</summary>
/// <param name="Sequence">The place of the broken entry.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Detail">The same for people.</param>
public sealed record AuditBreak(long Sequence, AuditFault Fault, Bilingual Detail);

/// <summary>What the verification of a chain found.</summary>
/// <param name="Head">The last entry up to which all is well.</param>
/// <param name="Break">The first broken entry; null if the chain is whole.</param>
public sealed record AuditVerdict(AuditHead Head, AuditBreak? Break)
{
    /// <summary>Whether nothing was found.</summary>
    public bool IsWhole => Break is null;
}
