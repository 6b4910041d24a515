using CloudManager.Core.Findings;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Reports.Circulars;

/// <summary>
/// Circular (使用效率通报, art. 22(1)): what one tenant is told each month of how its systems use what they have. Drafted by
/// the platform and frozen; the authority issues it.
/// </summary>
public sealed record CircularContent
{
    public required string Id { get; init; }

    /// <summary>The month, yyyy-MM.</summary>
    public required string Month { get; init; }

    public required Named Tenant { get; init; }

    /// <summary>The province's name; the installation's where no province is on record.</summary>
    public required string Province { get; init; }

    /// <summary>The business instant at which it was read and frozen.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>All servers of the tenant together; null where none was in service.</summary>
    public required UseFigures? Use { get; init; }

    /// <summary>By system, in order of code.</summary>
    public required IReadOnlyList<SystemUse> Systems { get; init; }

    public required IReadOnlyList<FindingTally> Findings { get; init; }

    /// <summary>What would save, by what was measured up to the month's end, the largest saving first.</summary>
    public required IReadOnlyList<RecommendedChange> Recommendations { get; init; }

    /// <summary>Yuan a month that the recommendations save together.</summary>
    public required decimal PossibleSaving { get; init; }

    /// <summary>Its own place among the tenants of its region; nobody else's is in it. Null without enough data.</summary>
    public required Place? Rank { get; init; }

    /// <summary>What is left out, and why.</summary>
    public required IReadOnlyList<Bilingual> Notes { get; init; }
}

/// <summary>How one system used what it has.</summary>
public sealed record SystemUse(string Code, string Name, SystemEnvironment Environment, UseFigures Use);

/// <summary>Findings (监测问题, art. 22) of one kind.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Opened">Opened in the month.</param>
/// <param name="Closed">Closed in the month.</param>
/// <param name="Open">Open when the month ended.</param>
public sealed record FindingTally(FindingKind Kind, int Opened, int Closed, int Open);

/// <summary>What is recommended for one subject.</summary>
/// <param name="Resource">Its number, e.g. res-000042.</param>
/// <param name="System">The code of its system.</param>
/// <param name="Action">To another size, or back.</param>
/// <param name="Finding">The number of the finding it rests on; null for a size that was computed.</param>
/// <param name="Size">The size that would serve, e.g. 2C4G; null to give it back.</param>
/// <param name="MonthlySaving">Yuan a month; null where no price is in force.</param>
public sealed record RecommendedChange(
    string Resource,
    string System,
    PlannedAction Action,
    string? Finding,
    string? Size,
    decimal? MonthlySaving
);

/// <summary>A place by mean CPU use, from 1, among those with enough data.</summary>
public sealed record Place(int Rank, int Of);

/// <summary>A circular as it is drafted, with what it is computed from.</summary>
/// <param name="Circular">What is frozen.</param>
/// <param name="Savings">What each of the tenant's systems could save.</param>
public sealed record DraftedCircular(Circular Circular, IReadOnlyList<PossibleSaving> Savings);

/// <summary>A circular as it lies in the books.</summary>
public sealed record Circular
{
    public required CircularHead Head { get; init; }

    /// <summary>Its canonical JSON, byte for byte as it was frozen.</summary>
    public required string Body { get; init; }
}

/// <summary>Which circular it is, and whether it was issued.</summary>
public sealed record CircularHead
{
    /// <summary>Month and tenant, e.g. <c>circular-2026-09-tenant-a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>yyyy-MM.</summary>
    public required string Month { get; init; }

    /// <summary>The tenant's code.</summary>
    public required string Tenant { get; init; }

    /// <summary>The tenant's region.</summary>
    public required string Region { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the authority issued it; null for a draft.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The account that issued it.</summary>
    public string? IssuedBy { get; init; }

    /// <summary>What the authority said with it.</summary>
    public string? Opinion { get; init; }

    public static string IdOf(Month month, string tenant) => $"circular-{month}-{tenant}";
}

/// <summary>Which circulars a list shows; null members do not filter.</summary>
public sealed record CircularFilter
{
    public string? Month { get; init; }
    public string? Tenant { get; init; }
    public string? Region { get; init; }

    /// <summary>Whether drafts are left out.</summary>
    public bool OnlyIssued { get; init; }
}

/// <summary>Circulars in the books; their content never changes.</summary>
public interface ICircularStore
{
    Task<Circular?> FindAsync(ITransaction transaction, string id, CancellationToken cancellationToken);

    /// <summary>In order of id.</summary>
    Task<Page<CircularHead>> ListAsync(
        ITransaction transaction,
        CircularFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    Task AddAsync(ITransaction transaction, Circular circular, CancellationToken cancellationToken);

    /// <summary>Notes the issue of a draft.</summary>
    Task IssueAsync(ITransaction transaction, CircularHead head, CancellationToken cancellationToken);
}
