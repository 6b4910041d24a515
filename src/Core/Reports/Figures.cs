using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Reports;

/// <summary>A month as instants, [From, Until).</summary>
public sealed record MonthSpan(DateTimeOffset From, DateTimeOffset Until)
{
    public static MonthSpan Of(Month month) => new(China.StartOf(month.First), China.StartOf(month.End));
}

/// <summary>Counts over the requests' history and deadlines. Implemented by Storage/Reports.</summary>
public interface IRequestCounts
{
    /// <summary>What happened to requests in the span, by type, in the order of the types.</summary>
    Task<IReadOnlyList<RequestCounts>> ByTypeAsync(
        ITransaction transaction,
        MonthSpan span,
        CancellationToken cancellationToken
    );

    /// <summary>The steps that have any deadline to count, in any order.</summary>
    Task<IReadOnlyList<StepTally>> DeadlinesAsync(
        ITransaction transaction,
        MonthSpan span,
        CancellationToken cancellationToken
    );

    /// <summary>The deadlines that fell due in the span and were missed, by the time they were due.</summary>
    IAsyncEnumerable<Miss> MissedAsync(ITransaction transaction, MonthSpan span, CancellationToken cancellationToken);
}

/// <summary>The counts of one step, see <see cref="DeadlineCounts"/>.</summary>
public sealed record StepTally(string Step, long Kept, long Missed, long TakenLate)
{
    public required long FellAway { get; init; }
    public required long Running { get; init; }
    public required long Overdue { get; init; }
}

/// <summary>A missed deadline as the books have it.</summary>
public sealed record Miss(
    RequestId Request,
    string Step,
    string Tenant,
    DateTimeOffset DueAt,
    DateTimeOffset? ClosedAt
);

/// <summary>Counts over resources by their days in service. Implemented by Storage/Reports.</summary>
public interface IResourceCounts
{
    /// <summary>Servers in service on the month's last day, by pool.</summary>
    Task<IReadOnlyDictionary<string, long>> ServersAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Resources whose service was confirmed in the month, from whatever day on, alike ones as one: a late confirmation
    /// would else be in no report, as the one of its first day is frozen.
    /// </summary>
    Task<IReadOnlyList<AlikeResources>> EnteredAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Resources whose end of service was confirmed in the month, whatever day it names, alike ones as one: the report of an
    /// earlier month is frozen.
    /// </summary>
    Task<IReadOnlyList<AlikeResources>> EndedAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    );

    /// <summary>Change orders completed in the month, by pool.</summary>
    Task<IReadOnlyDictionary<string, long>> ChangedAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    );
}

/// <summary>Resources of one pool, kind and spec.</summary>
public sealed record AlikeResources(string Pool, ItemKind Kind, Spec Spec, long Count)
{
    /// <summary>The system disk of a server that names none, GiB.</summary>
    private const long SystemDiskGiB = 40;

    /// <summary>Their size together.</summary>
    public SizeFigures Size =>
        Kind switch
        {
            ItemKind.Server => new(
                Count,
                Count * (Spec.Vcpus ?? 0),
                Count * (Spec.MemoryGiB ?? 0),
                Count * (Spec.SizeGiB ?? SystemDiskGiB)
            ),
            ItemKind.Volume => new(Count, 0, 0, Count * (Spec.SizeGiB ?? 0)),
            _ => new(Count, 0, 0, 0),
        };
}
