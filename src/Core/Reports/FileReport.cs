using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Reports;

/// <summary>
/// Files a report in the books, once: with the note that its period is done, a trace, and word to the technical
/// department that reports and the authority that is reported to (art. 25).
/// </summary>
public sealed class FileReport(
    IReportStore reports,
    IJobPeriods periods,
    IOrganisationStore organisations,
    IRegionStore regions,
    INotifications notifications
)
{
    private static readonly OrganisationKind[] Told =
    [
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.Authority,
    ];

    /// <summary>False if a report of that kind and period is on file already; then nothing is changed.</summary>
    public async Task<bool> ExecuteAsync(
        ITransaction transaction,
        FrozenReport report,
        string job,
        CancellationToken cancellationToken
    )
    {
        var head = report.Head;
        if (await reports.FindAsync(transaction, head.Id, cancellationToken) is not null)
        {
            return false;
        }

        await reports.AddAsync(transaction, report, cancellationToken);
        await periods.AddAsync(transaction, (job, head.Period), head.CreatedAt, cancellationToken);
        transaction.Record(new("report.file", new("report", head.Id), null, head));
        await TellAsync(transaction, head, cancellationToken);
        return true;
    }

    private async Task TellAsync(ITransaction transaction, ReportHead head, CancellationToken cancellationToken)
    {
        var provinces = (await regions.AllAsync(transaction, cancellationToken)).Where(r => r.Parent is null);
        foreach (var (kind, region) in Told.SelectMany(_ => provinces, (kind, region) => (kind, region)))
        {
            foreach (var told in await organisations.OfKindAsync(transaction, kind, region.Code, cancellationToken))
            {
                await notifications.TellAsync(transaction, Word(head, told), cancellationToken);
            }
        }
    }

    private static Notification Word(ReportHead head, Organisation told) =>
        new()
        {
            Organisation = told.Code,
            Code = "report.filed",
            Subject = new("report", head.Id),
            Text = (
                $"{head.Period} 政务云运行月报已生成",
                $"the monthly report of the government cloud for {head.Period} is there"
            ),
            At = head.CreatedAt,
        };
}
