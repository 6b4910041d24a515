using CloudManager.Core.Kernel;

namespace CloudManager.Core.Reports;

/// <summary>What a report covers (月报、季报、年报, art. 25).</summary>
public enum ReportKind
{
    /// <summary>运行月报 (art. 25).</summary>
    Monthly,
}

/// <summary>Which report it is.</summary>
/// <param name="Id">Kind and period, e.g. <c>monthly-2026-09</c>.</param>
/// <param name="Kind">What it covers.</param>
/// <param name="Period">The period, of a monthly one yyyy-MM.</param>
/// <param name="CreatedAt">The business instant at which it was made and frozen.</param>
public sealed record ReportHead(string Id, ReportKind Kind, string Period, DateTimeOffset CreatedAt)
{
    /// <summary>The id of the month's report.</summary>
    public static string MonthlyId(Month month) => $"monthly-{month}";
}

/// <summary>A report as it lies in the books; it never changes.</summary>
/// <param name="Head">Which one.</param>
/// <param name="Body">Its canonical JSON, byte for byte as it was made.</param>
public sealed record FrozenReport(ReportHead Head, string Body);

/// <summary>Which reports a list shows; null members do not filter.</summary>
public sealed record ReportFilter(ReportKind? Kind, string? Period);

/// <summary>Reports in the books; there is no way to change one.</summary>
public interface IReportStore
{
    Task<FrozenReport?> FindAsync(ITransaction transaction, string id, CancellationToken cancellationToken);

    /// <summary>Reports in order of id.</summary>
    Task<Page<ReportHead>> ListAsync(
        ITransaction transaction,
        ReportFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    Task AddAsync(ITransaction transaction, FrozenReport report, CancellationToken cancellationToken);
}

/// <summary>Refusals about reports.</summary>
public static class ReportRefusals
{
    public static NotFound NotFound(string id) =>
        new("report.notFound", ($"没有报告 {id}", $"there is no report {id}"));
}
