using System.Buffers.Binary;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace CloudManager.Core.Audit;

/// <summary>
/// The chain of the audit trail: each entry carries the SM3 hash (国密杂凑算法, GB/T 32905) of all its fields and of the
/// entry before.
/// </summary>
/// <remarks>
/// What is hashed, so that others can check it: the text <c>CloudManager audit 1</c>; the sequence and the instant in
/// Unix milliseconds, 8 bytes each, big-endian; then account, organisation, address, correlation, action, subject kind,
/// subject id, outcome, before, after and the previous hash, each as one byte 0 for null, or one byte 1, the length in
/// 4 bytes big-endian and that many bytes of UTF-8. The leading text is written in the same form.
/// </remarks>
public static class AuditChain
{
    private const string Scheme = "CloudManager audit 1";

    // Strict: two different broken texts must not become the same replacement character.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Makes the entry that follows the head. The instant is cut to milliseconds, as it is stored.</summary>
    /// <exception cref="EncoderFallbackException">A text holds half a surrogate pair.</exception>
    public static AuditEntry Seal(AuditFact fact, AuditHead head)
    {
        var stored = fact with { At = DateTimeOffset.FromUnixTimeMilliseconds(fact.At.ToUnixTimeMilliseconds()) };
        var sequence = head.Sequence + 1;
        return new AuditEntry(stored, sequence, head.Hash, HashOf(stored, sequence, head.Hash));
    }

    /// <summary>The hash that this fact has at this place in the chain, 64 lower-case hexadecimal digits.</summary>
    internal static string HashOf(AuditFact fact, long sequence, string previousHash)
    {
        var digest = new SM3Digest();
        Add(digest, Scheme);
        Add(digest, sequence);
        Add(digest, fact.At.ToUnixTimeMilliseconds());
        Add(digest, fact.Account);
        Add(digest, fact.Organisation);
        Add(digest, fact.Address);
        Add(digest, fact.Correlation);
        Add(digest, fact.Action);
        Add(digest, fact.SubjectKind);
        Add(digest, fact.SubjectId);
        Add(digest, fact.Outcome);
        Add(digest, fact.Before);
        Add(digest, fact.After);
        Add(digest, previousHash);
        return Finish(digest);
    }

    /// <summary>SM3 of the bytes, 64 lower-case hexadecimal digits.</summary>
    internal static string Sm3(ReadOnlySpan<byte> bytes)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(bytes);
        return Finish(digest);
    }

    private static void Add(SM3Digest digest, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        digest.BlockUpdate(bytes);
    }

    private static void Add(SM3Digest digest, string? text)
    {
        if (text is null)
        {
            digest.Update(0);
            return;
        }

        var bytes = Utf8.GetBytes(text);
        Span<byte> lead = stackalloc byte[5];
        lead[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(lead[1..], bytes.Length);
        digest.BlockUpdate(lead);
        digest.BlockUpdate(bytes);
    }

    private static string Finish(SM3Digest digest)
    {
        Span<byte> hash = stackalloc byte[32];
        digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}
