using System.Globalization;
using System.Text.RegularExpressions;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Audit;

/// <summary>
/// Checkpoint of the audit chain: a head that was printed or exported and is kept outside the database, so that a cut
/// tail or a rewritten chain shows. Written as <c>sequence:hash</c>.
/// </summary>
/// <param name="Sequence">The entry's place; 0 for the empty chain.</param>
/// <param name="Hash">Its hash, 64 lower-case hexadecimal digits.</param>
public sealed partial record AuditCheckpoint(long Sequence, string Hash)
{
    /// <summary>The checkpoint to keep of this head.</summary>
    public static AuditCheckpoint Of(AuditHead head) => new(head.Sequence, head.Hash);

    /// <summary>Reads <c>sequence:hash</c>, in either case of the digits and with blanks around it.</summary>
    public static Result<AuditCheckpoint> Parse(string text)
    {
        var match = Shape().Match(text.Trim());
        return
            match.Success
            && long.TryParse(match.Groups["sequence"].ValueSpan, CultureInfo.InvariantCulture, out var sequence)
            ? new AuditCheckpoint(sequence, match.Groups["hash"].Value.ToLowerInvariant())
            : new AuditCheckpointInvalid(text);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");

    [GeneratedRegex("^(?<sequence>[0-9]{1,19}):(?<hash>[0-9a-fA-F]{64})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>The text is no checkpoint.</summary>
public sealed record AuditCheckpointInvalid : Invalid
{
    public AuditCheckpointInvalid(string text)
        : base("audit.checkpointInvalid", ("不是有效的审计检查点", "Not a checkpoint of the audit trail"))
    {
        Faults =
        [
            new FieldFault("checkpoint", text, ("序号:64 位十六进制摘要", "sequence:hash of 64 hexadecimal digits")),
        ];
    }
}
