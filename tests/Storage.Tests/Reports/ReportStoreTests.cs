using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;

namespace CloudManager.Storage.Tests.Reports;

public sealed class ReportStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-10-01T03:00:00+08:00");
    private ReportBooks? _books;

    private ReportBooks Books => _books!;

    private IReportStore Store => Books.Get<IReportStore>();

    public async ValueTask InitializeAsync() => _books = await ReportBooks.OpenAsync();

    public ValueTask DisposeAsync() => Books.DisposeAsync();

    [Fact]
    public async Task A_report_comes_back_byte_for_byte()
    {
        const string body = "{\"note\":\"湖南省 <b> \\\" 𠮷 \\n\", \"x\" : 1.10}";
        await FileAsync("2026-09", body);

        var found = await Books.ReadAsync((t, c) => Store.FindAsync(t, "monthly-2026-09", c));

        Assert.Equal(new FrozenReport(Head("2026-09"), body), found);
        Assert.Null(await Books.ReadAsync((t, c) => Store.FindAsync(t, "monthly-2026-08", c)));
    }

    [Fact]
    public async Task A_second_report_of_a_month_cannot_be_filed()
    {
        await FileAsync("2026-09", "{}");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => FileAsync("2026-09", "[]"));
        Assert.Equal("{}", (await Books.ReadAsync((t, c) => Store.FindAsync(t, "monthly-2026-09", c)))!.Body);
    }

    [Fact]
    public async Task Lists_by_page_and_by_period()
    {
        foreach (var period in (string[])["2026-09", "2026-07", "2026-08"])
        {
            await FileAsync(period, "{}");
        }

        var first = await ListAsync(new(null, null), new(null, 2));
        var second = await ListAsync(new(ReportKind.Monthly, null), new(first.Next, 2));
        var one = await ListAsync(new(ReportKind.Monthly, "2026-08"), new(null, 2));

        Assert.Equal(["2026-07", "2026-08"], first.Items.Select(r => r.Period));
        Assert.Equal(["2026-09"], second.Items.Select(r => r.Period));
        Assert.Null(second.Next);
        Assert.Equal([Head("2026-08")], one.Items);
    }

    private Task<Page<ReportHead>> ListAsync(ReportFilter filter, PageRequest page) =>
        Books.ReadAsync((t, c) => Store.ListAsync(t, filter, page, c));

    private Task FileAsync(string period, string body) =>
        Books.KeepAsync((t, c) => Store.AddAsync(t, new FrozenReport(Head(period), body), c));

    private static ReportHead Head(string period) => new($"monthly-{period}", ReportKind.Monthly, period, At);
}
