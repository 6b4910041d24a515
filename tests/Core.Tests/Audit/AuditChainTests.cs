using System.Text;
using CloudManager.Core.Audit;

namespace CloudManager.Core.Tests.Audit;

public sealed class AuditChainTests
{
    [Theory]
    [InlineData(
        "GB/T 32905 example 1",
        "abc",
        1,
        "66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0"
    )]
    [InlineData(
        "GB/T 32905 example 2",
        "abcd",
        16,
        "debe9ff9 2275b8a1 38604889 c18e5a4d 6fdb70e5 387e5765 293dcba3 9c0c5732"
    )]
    public void Hashes_by_the_standards_examples(string because, string text, int times, string expected)
    {
        var input = string.Concat(Enumerable.Repeat(text, times));

        Assert.True(expected.Replace(" ", "") == AuditChain.Sm3(Encoding.ASCII.GetBytes(input)), because);
    }

    [Fact]
    public void Hashes_what_its_description_says()
    {
        var fact = Chains.Fact(3) with { Account = null, Address = "" };
        var bytes = new MemoryStream();
        void Text(string? text)
        {
            var utf8 = Encoding.UTF8.GetBytes(text ?? "");
            bytes.Write(text is null ? [0] : [1, 0, 0, (byte)(utf8.Length >> 8), (byte)utf8.Length, .. utf8]);
        }

        Text("CloudManager audit 1");
        bytes.Write([0, 0, 0, 0, 0, 0, 0, 8]);
        bytes.Write([.. BitConverter.GetBytes(fact.At.ToUnixTimeMilliseconds()).Reverse()]);
        foreach (
            var text in new[]
            {
                null,
                "组织-3",
                "",
                "00000003",
                "request.accept",
                "request",
                "R3",
                "done",
                """{"state":"submitted","n":3}""",
                """{"state":"accepted","n":3}""",
                new string('a', 64),
            }
        )
        {
            Text(text);
        }

        var entry = AuditChain.Seal(fact, new AuditHead(7, new string('a', 64)));

        Assert.Equal(AuditChain.Sm3(bytes.ToArray()), entry.Hash);
    }

    [Fact]
    public void Chains_the_first_entry_to_thirty_two_zero_bytes()
    {
        var entry = AuditChain.Seal(Chains.Fact(1), AuditHead.Genesis);

        Assert.Equal(1, entry.Sequence);
        Assert.Equal(new string('0', 64), entry.PreviousHash);
        Assert.Matches("^[0-9a-f]{64}$", entry.Hash);
    }

    [Fact]
    public void Chains_each_entry_to_the_one_before()
    {
        var entries = Chains.Of(5);

        Assert.Equal([1, 2, 3, 4, 5], entries.Select(entry => entry.Sequence));
        Assert.Equal(entries.Take(4).Select(entry => entry.Hash), entries.Skip(1).Select(entry => entry.PreviousHash));
    }

    [Fact]
    public void Seals_the_instant_as_it_is_stored()
    {
        var at = new DateTimeOffset(2026, 9, 30, 10, 0, 0, TimeSpan.FromHours(8)).AddTicks(1_2345);

        var entry = AuditChain.Seal(Chains.Fact(1) with { At = at }, AuditHead.Genesis);

        Assert.Equal(new DateTimeOffset(2026, 9, 30, 2, 0, 0, 1, TimeSpan.Zero), entry.At);
        Assert.Equal(TimeSpan.Zero, entry.At.Offset);
    }

    [Theory]
    [InlineData("ab", "c", "a", "bc")]
    [InlineData("", "x", "x", "")]
    [InlineData(null, "", "", null)]
    [InlineData("\u0001\0\0\0\u0001a", null, "", "\u0001\0\0\0\u0001a")]
    public void Text_moved_from_one_field_to_the_next_hashes_differently(
        string? before,
        string? after,
        string? otherBefore,
        string? otherAfter
    )
    {
        var one = Chains.Fact(1) with { Before = before, After = after };
        var other = Chains.Fact(1) with { Before = otherBefore, After = otherAfter };

        Assert.NotEqual(AuditChain.Seal(one, AuditHead.Genesis).Hash, AuditChain.Seal(other, AuditHead.Genesis).Hash);
    }

    [Fact]
    public void Never_seals_half_a_surrogate_pair() =>
        Assert.Throws<EncoderFallbackException>(() =>
            AuditChain.Seal(Chains.Fact(1) with { SubjectId = "\ud800" }, AuditHead.Genesis)
        );

    [Theory]
    [InlineData("  12:AB{0}\n", 12)]
    [InlineData("0:ab{0}", 0)]
    public void Reads_a_checkpoint_as_it_was_printed(string form, long sequence)
    {
        var rest = new string('c', 62);

        var checkpoint = AuditCheckpoint.Parse(string.Format(form, rest)).Value;

        Assert.Equal(new AuditCheckpoint(sequence, $"ab{rest}"), checkpoint);
        Assert.Equal(checkpoint, AuditCheckpoint.Parse(checkpoint.ToString()).Value);
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("no hash", "12")]
    [InlineData("a hash too short", "12:abcd")]
    [InlineData("no number", ":66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData("a negative number", "-1:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData(
        "a number out of range",
        "9999999999999999999:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )]
    [InlineData("other letters", "12:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8ez")]
    [InlineData("something after it", "12:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0 x")]
    public void Refuses_what_is_no_checkpoint(string because, string text) =>
        Assert.True(AuditCheckpoint.Parse(text).Refusal?.Code == "audit.checkpointInvalid", because);
}
