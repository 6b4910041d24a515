using CloudManager.Core.Audit;
using CsCheck;
using static CloudManager.Core.Tests.Audit.Chains;

namespace CloudManager.Core.Tests.Audit;

public sealed class AuditVerificationTests
{
    public static TheoryData<string> TextFields => [.. Texts.Select(text => text.Field)];

    [Fact]
    public async Task A_whole_chain_is_whole()
    {
        var entries = Of(20);

        var verdict = await VerifyAsync(
            entries,
            new(AuditHead.After(entries[^1]), AuditCheckpoint.Of(AuditHead.After(entries[9])))
        );

        Assert.True(verdict.IsWhole);
        Assert.Equal(AuditHead.After(entries[^1]), verdict.Head);
    }

    [Fact]
    public async Task An_empty_chain_is_whole()
    {
        Assert.True((await VerifyAsync([], new(AuditHead.Genesis, AuditCheckpoint.Of(AuditHead.Genesis)))).IsWhole);
        Assert.True((await VerifyAsync([])).IsWhole);
    }

    [Theory]
    [MemberData(nameof(TextFields))]
    public async Task Art36_any_one_byte_of_any_field_changed_is_named(string field)
    {
        var with = Texts.Single(text => text.Field == field).With;
        var entries = Of(8);
        var length = LengthOf(with, entries[4]);
        Assert.NotEqual(0, length);

        for (var at = 0; at < length; at++)
        {
            var spoiled = entries.ToArray();
            spoiled[4] = with(entries[4], text => Flip(text!, at));

            await AssertBreakAsync(spoiled, 5, AuditFault.Changed);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(3_600_000)]
    public async Task Art36_a_changed_instant_is_named(long milliseconds)
    {
        var entries = Of(5);
        entries[2] = entries[2] with { At = entries[2].At.AddMilliseconds(milliseconds) };

        await AssertBreakAsync(entries, 3, AuditFault.Changed);
    }

    [Theory]
    [InlineData("null became empty", 2, null, "")]
    [InlineData("empty became null", 1, "", null)]
    public async Task Null_and_empty_are_told_apart(string because, int index, string? sealedAs, string? stored)
    {
        var entries = Of(index);
        entries.Add(AuditChain.Seal(Fact(9) with { After = sealedAs }, AuditHead.After(entries[^1])));
        entries[^1] = entries[^1] with { After = stored };

        var verdict = await VerifyAsync(entries);

        Assert.True(verdict.Break?.Fault == AuditFault.Changed, because);
        Assert.Equal(index + 1, verdict.Break.Sequence);
    }

    [Theory]
    [InlineData("the first", 0, 1)]
    [InlineData("one within", 2, 1)]
    [InlineData("three within", 2, 3)]
    public async Task Art36_a_removed_entry_is_named(string because, int index, int count)
    {
        var entries = Of(8);
        entries.RemoveRange(index, count);

        var verdict = await VerifyAsync(entries);

        Assert.True(verdict.Break?.Fault == AuditFault.Missing, because);
        Assert.Equal(index + 1, verdict.Break.Sequence);
        Assert.Equal(index, verdict.Head.Sequence);
    }

    [Theory]
    [InlineData("neighbours", 2, 3)]
    [InlineData("far apart", 1, 6)]
    [InlineData("the first and the last", 0, 7)]
    public async Task Art36_two_swapped_entries_are_named(string because, int one, int other)
    {
        var moved = Of(8);
        (moved[one], moved[other]) = (moved[other], moved[one]);
        var renumbered = Of(8);
        (renumbered[one], renumbered[other]) = (
            renumbered[other] with
            {
                Sequence = one + 1,
            },
            renumbered[one] with
            {
                Sequence = other + 1,
            }
        );
        var factsOnly = Of(8);
        (factsOnly[one], factsOnly[other]) = (Refill(factsOnly[one], other + 1), Refill(factsOnly[other], one + 1));

        foreach (var spoiled in new[] { moved, renumbered, factsOnly })
        {
            var verdict = await VerifyAsync(spoiled);

            Assert.True(verdict.Break?.Fault == AuditFault.OutOfOrder, because);
            Assert.Equal(one + 1, verdict.Break.Sequence);
        }
    }

    [Fact]
    public async Task An_entry_that_stands_twice_is_named()
    {
        var entries = Of(5);
        entries.Insert(3, entries[1]);

        await AssertBreakAsync(entries, 4, AuditFault.OutOfOrder);
    }

    [Fact]
    public async Task An_entry_with_another_number_is_named()
    {
        var entries = Of(5);
        entries[2] = entries[2] with { Sequence = 9 };

        await AssertBreakAsync(entries, 3, AuditFault.Changed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Art36_a_cut_tail_shows_against_the_stored_head(int cut)
    {
        var entries = Of(8);

        await AssertBreakAsync(entries[..^cut], 9 - cut, AuditFault.TailCut, ExpectHead(entries[^1]));
    }

    [Fact]
    public async Task Art36_a_cut_tail_with_its_head_set_back_shows_against_a_checkpoint()
    {
        var entries = Of(8);
        var expected = ExpectCheckpoint(entries[6]) with { Head = AuditHead.After(entries[4]) };

        await AssertBreakAsync(entries[..5], 6, AuditFault.TailCut, expected);
        await AssertBreakAsync([], 1, AuditFault.TailCut, expected with { Head = AuditHead.Genesis });
    }

    [Fact]
    public async Task A_cut_tail_shows_against_nothing_else()
    {
        Assert.True((await VerifyAsync(Of(8)[..5])).IsWhole);
    }

    [Fact]
    public async Task An_entry_rewritten_with_its_hash_is_named()
    {
        var entries = Of(5);
        entries[2] = AuditChain.Seal(Fact(99), AuditHead.After(entries[1]));

        await AssertBreakAsync(entries, 3, AuditFault.Rewritten);
    }

    [Fact]
    public async Task A_chain_rewritten_to_its_end_shows_against_a_checkpoint_or_the_head()
    {
        var entries = Of(8);
        var rewritten = entries[..3];
        for (var number = 90; number < 95; number++)
        {
            rewritten.Add(AuditChain.Seal(Fact(number), AuditHead.After(rewritten[^1])));
        }

        await AssertBreakAsync(rewritten, 6, AuditFault.CheckpointMismatch, ExpectCheckpoint(entries[5]));
        await AssertBreakAsync(rewritten, 8, AuditFault.HeadMismatch, ExpectHead(entries[^1]));
        Assert.True((await VerifyAsync(rewritten, ExpectCheckpoint(entries[2]))).IsWhole);
    }

    [Fact]
    public async Task A_chain_that_begins_with_a_later_entry_as_if_it_were_the_first_is_named() =>
        await AssertBreakAsync([AuditChain.Seal(Fact(1), new(0, new string('1', 64)))], 1, AuditFault.Rewritten);

    [Fact]
    public async Task A_checkpoint_of_the_empty_chain_must_be_the_beginning() =>
        await AssertBreakAsync(Of(1), 0, AuditFault.CheckpointMismatch, new(null, new(0, new string('1', 64))));

    [Fact]
    public async Task An_entry_after_the_stored_head_is_named()
    {
        var entries = Of(5);

        await AssertBreakAsync(entries, 5, AuditFault.HeadMismatch, ExpectHead(entries[3]));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_a_stored_text_is_a_change()
    {
        var entries = Of(3);
        entries[1] = entries[1] with { SubjectId = "\udc00" };

        await AssertBreakAsync(entries, 2, AuditFault.Changed);
    }

    [Fact]
    public Task Art36_any_single_change_is_found_at_its_entry() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 11], Gen.Int[0, Texts.Length - 1], Gen.String)
            .Where((count, index, _, _) => index < count)
            .SampleAsync(
                async (count, index, field, value) =>
                {
                    var entries = Of(count);
                    var original = entries[index];
                    entries[index] = Texts[field].With(original, _ => value);
                    var verdict = await VerifyAsync(entries);
                    return entries[index] == original
                        ? verdict.IsWhole
                        : verdict.Break is { Fault: AuditFault.Changed } found && found.Sequence == index + 1;
                }
            );

    private static int LengthOf(Func<AuditEntry, Func<string?, string?>, AuditEntry> with, AuditEntry entry)
    {
        var length = 0;
        with(
            entry,
            text =>
            {
                length = text!.Length;
                return text;
            }
        );
        return length;
    }

    private static AuditEntry Refill(AuditEntry row, int number) =>
        new(Fact(number), row.Sequence, row.PreviousHash, row.Hash);

    private static string Flip(string text, int at) =>
        string.Concat(text.AsSpan(0, at), ((char)(text[at] ^ 1)).ToString(), text.AsSpan(at + 1));

    private static async Task AssertBreakAsync(
        IReadOnlyList<AuditEntry> entries,
        long sequence,
        AuditFault fault,
        AuditExpectation? expected = null
    )
    {
        var verdict = await VerifyAsync(entries, expected);

        Assert.Equal((sequence, fault), (verdict.Break?.Sequence ?? -1, verdict.Break?.Fault));
        Assert.NotEmpty(verdict.Break!.Detail.Zh);
        Assert.NotEmpty(verdict.Break.Detail.En);
    }
}
