using CloudManager.Core.Kernel;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Reports;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Core.Tests.Reports;

/// <summary>Everything a monthly report is made from, in memory, with books opened in July 2026.</summary>
internal sealed class ReportDesk : IDisposable
{
    public MemoryBooks Books { get; } = new();
    public MemoryPeriods Periods { get; } = new(new Month(2026, 7));
    public MemoryReports Reports { get; } = new();
    public MemoryRegister Register { get; } = new();
    public MemoryPools Pools { get; } = new();
    public MemoryUse Use { get; } = new();
    public MemoryBills Bills { get; } = new();
    public MemoryCounts Counts { get; } = new();
    public FakeTimeProvider Clock { get; } = new();

    public ReportDesk(string now = "2026-10-01T03:00:00+08:00") => Clock.SetUtcNow(DateTimeOffset.Parse(now));

    /// <summary>A process that writes reports.</summary>
    public WriteMonthlyReport Job =>
        new(Books, Periods, Read, new FileReport(Reports, Periods, Register, Register, Register), Clock);

    private ReadMonthlyReport Read =>
        new(
            Books,
            new MonthlyParts(
                new MeasureMonth(Use),
                new ReadCapacity(Pools),
                new ReadNames(Register, Register),
                new DescribePools(Pools, Counts)
            )
            {
                Rank = new RankUse(Register),
                Requests = new CountRequests(Counts),
                Changes = new CountChanges(Counts),
                Costs = new SumCosts(Bills),
            },
            new Installation("ab12cd34")
        );

    public void Dispose() => Books.Dispose();

    public ReportDesk Close(params string[] months)
    {
        foreach (var month in months)
        {
            Periods.Close(WriteMonthlyReport.ClosingJob, month);
        }

        return this;
    }

    public Task<Look> LookAsync() => Job.LookAsync(CancellationToken.None);

    /// <summary>The report of September, once it is written.</summary>
    public async Task<MonthlyReport> SeptemberAsync()
    {
        Close("2026-07", "2026-08", "2026-09");
        await LookAsync();
        return ReportJson.Read(Reports.Filed["monthly-2026-09"].Body);
    }
}
