using System.Text;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Audit;

/// <summary>
/// Verifies the audit chain entry by entry, in constant memory, and names the first broken entry. When an entry is not
/// what must stand at its place, the rest is searched for it: found, it was moved; not found, it was changed or removed.
/// </summary>
public static class AuditVerification
{
    /// <summary>Reads the whole chain, in the order of its sequence, up to the first break.</summary>
    public static async Task<AuditVerdict> VerifyAsync(
        IAsyncEnumerable<AuditEntry> entries,
        AuditExpectation expected,
        CancellationToken cancellationToken
    )
    {
        var head = AuditHead.Genesis;
        var found = AtCheckpoint(head, expected.Checkpoint);
        await using var rest = entries.GetAsyncEnumerator(cancellationToken);
        while (found is null && await rest.MoveNextAsync())
        {
            var entry = rest.Current;
            found = Follows(entry, head) ? null : await NameAsync(entry, head, rest);
            if (found is null)
            {
                head = AuditHead.After(entry);
                found = AtCheckpoint(head, expected.Checkpoint);
            }
        }

        return new AuditVerdict(head, found ?? AtEnd(head, expected));
    }

    private static bool Follows(AuditEntry entry, AuditHead head) =>
        entry.Sequence == head.Sequence + 1
        && entry.PreviousHash == head.Hash
        && IsSealed(entry, entry.Sequence, entry.PreviousHash, entry.Hash);

    private static async Task<AuditBreak> NameAsync(AuditEntry entry, AuditHead head, IAsyncEnumerator<AuditEntry> rest)
    {
        var place = head.Sequence + 1;
        if (IsSealed(entry, place, head.Hash, entry.Hash))
        {
            // It is the right entry but for its number or its link.
            return Changed(place);
        }

        if (entry.Sequence < place)
        {
            return new AuditBreak(
                place,
                AuditFault.OutOfOrder,
                (
                    $"第 {place} 条的位置上是第 {entry.Sequence} 条",
                    $"entry {entry.Sequence} stands in place of entry {place}"
                )
            );
        }

        if (
            entry.Sequence == place
            && entry.PreviousHash != head.Hash
            && IsSealed(entry, place, entry.PreviousHash, entry.Hash)
        )
        {
            return NotChained(place);
        }

        while (await rest.MoveNextAsync())
        {
            if (IsTheOneFor(place, rest.Current, entry, head))
            {
                return Moved(place, entry, rest.Current);
            }
        }

        return entry.Sequence == place ? Changed(place) : Missing(place, entry.Sequence - 1);
    }

    /// <summary>Whether a later row holds what belongs at the place, with its own hashes or with those left behind there.</summary>
    private static bool IsTheOneFor(long place, AuditEntry candidate, AuditEntry inItsPlace, AuditHead head) =>
        IsSealed(candidate, place, head.Hash, candidate.Hash)
        || (inItsPlace.Sequence == place && IsSealed(candidate, place, head.Hash, inItsPlace.Hash));

    private static bool IsSealed(AuditEntry entry, long sequence, string previousHash, string hash)
    {
        try
        {
            return AuditChain.HashOf(entry, sequence, previousHash) == hash;
        }
        catch (EncoderFallbackException)
        {
            // Half a surrogate pair is never sealed, so whatever holds one was changed.
            return false;
        }
    }

    private static AuditBreak? AtCheckpoint(AuditHead head, AuditCheckpoint? checkpoint) =>
        checkpoint is null || checkpoint.Sequence != head.Sequence || checkpoint.Hash == head.Hash
            ? null
            : new AuditBreak(
                head.Sequence,
                AuditFault.CheckpointMismatch,
                (
                    $"第 {head.Sequence} 条与检查点不符：该条或其之前的记录被整体改写",
                    $"entry {head.Sequence} is not the one of the checkpoint: the chain was rewritten up to it"
                )
            );

    private static AuditBreak? AtEnd(AuditHead head, AuditExpectation expected)
    {
        var (known, source) =
            expected.Checkpoint?.Sequence > (expected.Head?.Sequence ?? 0)
                ? (expected.Checkpoint.Sequence, (Bilingual)("检查点", "the checkpoint"))
                : (expected.Head?.Sequence ?? 0, (Bilingual)("链首记录", "the stored head"));
        if (known > head.Sequence)
        {
            var place = head.Sequence + 1;
            return new AuditBreak(
                place,
                AuditFault.TailCut,
                (
                    $"第 {place} 至 {known} 条缺失：{source.Zh}表明链应至第 {known} 条",
                    $"entries {place} to {known} are cut off: {source.En} says the chain goes to {known}"
                )
            );
        }

        return expected.Head is null || expected.Head == head
            ? null
            : new AuditBreak(
                head.Sequence,
                AuditFault.HeadMismatch,
                (
                    $"链止于第 {head.Sequence} 条，与保存的链首（第 {expected.Head.Sequence} 条）不符",
                    $"the chain ends at entry {head.Sequence}, which is not the stored head ({expected.Head.Sequence})"
                )
            );
    }

    private static AuditBreak NotChained(long place) =>
        place == 1
            ? new AuditBreak(
                1,
                AuditFault.Rewritten,
                ("第 1 条不是链的起点", "entry 1 is not the beginning of a chain")
            )
            : new AuditBreak(
                place - 1,
                AuditFault.Rewritten,
                (
                    $"第 {place - 1} 条连同摘要被改写：第 {place} 条所链接的是另一条记录",
                    $"entry {place - 1} was rewritten with its hash: entry {place} is chained to another"
                )
            );

    private static AuditBreak Moved(long place, AuditEntry inItsPlace, AuditEntry where) =>
        new(
            place,
            AuditFault.OutOfOrder,
            inItsPlace.Sequence == place
                ? (
                    $"第 {place} 条的内容被移至第 {where.Sequence} 条",
                    $"what belongs into entry {place} stands in entry {where.Sequence}"
                )
                : (
                    $"第 {place} 条被移到了第 {inItsPlace.Sequence} 条之后",
                    $"entry {place} stands after entry {inItsPlace.Sequence}"
                )
        );

    private static AuditBreak Changed(long place) =>
        new(place, AuditFault.Changed, ($"第 {place} 条的内容与摘要不符", $"entry {place} is not what was sealed"));

    private static AuditBreak Missing(long first, long last) =>
        new(
            first,
            AuditFault.Missing,
            first == last
                ? ($"第 {first} 条缺失", $"entry {first} is missing")
                : ($"第 {first} 至 {last} 条缺失", $"entries {first} to {last} are missing")
        );
}
