using CloudManager.Core.Audit;

namespace CloudManager.Core.Tests.Audit;

/// <summary>Chains to verify, and the ways to spoil them.</summary>
internal static class Chains
{
    public static AuditFact Fact(int number) =>
        new()
        {
            At = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000 + (number * 1_234)),
            Account = number % 3 == 0 ? null : $"account-{number}",
            Organisation = $"组织-{number}",
            Address = "192.0.2.7",
            Correlation = number % 2 == 0 ? null : $"{number:x8}",
            Action = "request.accept",
            SubjectKind = "request",
            SubjectId = $"R{number}",
            Outcome = number % 4 == 0 ? "request.wrongState" : AuditFact.Done,
            Before = $$"""{"state":"submitted","n":{{number}}}""",
            After = number % 4 == 0 ? null : $$"""{"state":"accepted","n":{{number}}}""",
        };

    public static List<AuditEntry> Of(int count)
    {
        var entries = new List<AuditEntry>();
        var head = AuditHead.Genesis;
        for (var number = 1; number <= count; number++)
        {
            var entry = AuditChain.Seal(Fact(number), head);
            entries.Add(entry);
            head = AuditHead.After(entry);
        }

        return entries;
    }

    public static AuditExpectation ExpectHead(AuditEntry last) => new(AuditHead.After(last), null);

    public static AuditExpectation ExpectCheckpoint(AuditEntry entry) =>
        new(null, AuditCheckpoint.Of(AuditHead.After(entry)));

    public static Task<AuditVerdict> VerifyAsync(IEnumerable<AuditEntry> entries, AuditExpectation? expected = null) =>
        AuditVerification.VerifyAsync(
            entries.ToAsyncEnumerable(),
            expected ?? AuditExpectation.None,
            TestContext.Current.CancellationToken
        );

    /// <summary>Every field of an entry with a way to replace its text by another that the given one leads to.</summary>
    public static readonly (string Field, Func<AuditEntry, Func<string?, string?>, AuditEntry> With)[] Texts =
    [
        ("account", (entry, change) => entry with { Account = change(entry.Account) }),
        ("organisation", (entry, change) => entry with { Organisation = change(entry.Organisation) }),
        ("address", (entry, change) => entry with { Address = change(entry.Address) }),
        ("correlation", (entry, change) => entry with { Correlation = change(entry.Correlation) }),
        ("action", (entry, change) => entry with { Action = change(entry.Action)! }),
        ("subjectKind", (entry, change) => entry with { SubjectKind = change(entry.SubjectKind)! }),
        ("subjectId", (entry, change) => entry with { SubjectId = change(entry.SubjectId)! }),
        ("outcome", (entry, change) => entry with { Outcome = change(entry.Outcome)! }),
        ("before", (entry, change) => entry with { Before = change(entry.Before) }),
        ("after", (entry, change) => entry with { After = change(entry.After) }),
        ("previousHash", (entry, change) => entry with { PreviousHash = change(entry.PreviousHash)! }),
        ("hash", (entry, change) => entry with { Hash = change(entry.Hash)! }),
    ];
}
