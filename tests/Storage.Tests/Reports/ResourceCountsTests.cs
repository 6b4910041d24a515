using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;

namespace CloudManager.Storage.Tests.Reports;

public sealed class ResourceCountsTests : IAsyncLifetime
{
    private static readonly Month September = new(2026, 9);
    private ReportBooks? _books;

    private ReportBooks Books => _books!;

    private IResourceCounts Counts => Books.Get<IResourceCounts>();

    public async ValueTask InitializeAsync()
    {
        _books = await ReportBooks.OpenAsync();
        await Books.RequestAsync(1);
        await Books.OrderAsync(1, "Delivery", "Completed", "2026-09-03T10:00:00");
    }

    public ValueTask DisposeAsync() => Books.DisposeAsync();

    [Theory]
    [InlineData("since long ago", "2026-01-01", null, true)]
    [InlineData("since the month's last day", "2026-09-30", null, true)]
    [InlineData("from the next month", "2026-10-01", null, false)]
    [InlineData("ended on the month's last day, which is not served", "2026-01-01", "2026-09-30", false)]
    [InlineData("ended on the first of the next, so that the last day was served", "2026-01-01", "2026-10-01", true)]
    [InlineData("in test", null, null, false)]
    public async Task A_server_is_in_service_on_the_months_last_day(
        string because,
        string? start,
        string? end,
        bool counts
    )
    {
        await Books.ResourceAsync("Server", start, end);
        await Books.ResourceAsync("Volume", start, end);

        var servers = await Books.ReadAsync((t, c) => Counts.ServersAsync(t, September, c));

        Assert.True((counts ? 1 : 0) == servers.GetValueOrDefault("mock-a"), because);
    }

    [Fact]
    public async Task What_entered_and_ended_in_the_month_is_counted_with_alike_ones_as_one()
    {
        await Books.RequestAsync(2);
        await Books.StepAsync(1, "Confirm", "2026-09-01T00:00:00");
        await Books.StepAsync(2, "Confirm", "2026-10-01T00:00:00");
        await Books.ResourceAsync("Server", "2026-08-31", "2026-09-01");
        await Books.ResourceAsync("Server", "2026-09-01", "2026-10-01");
        await Books.ResourceAsync("Server", "2026-09-30", null, request: 2);
        await Books.ResourceAsync("Server", null, null);
        await Books.ResourceAsync("Volume", "2026-09-15", "2026-09-30", """{"sizeGiB":500}""", "mock-b");
        await Books.RequestAsync(3, "Deregistration");
        await Books.StepAsync(3, "Confirm", "2026-09-30T23:59:59");
        await Books.RequestAsync(4, "Deregistration");
        await Books.StepAsync(4, "Confirm", "2026-10-01T00:00:00");
        await Books.EndAsync(1, by: 3, "2026-09-01");
        await Books.EndAsync(2, by: 4, "2026-10-01");
        await Books.EndAsync(5, by: 3, "2026-09-30");

        var entered = await Books.ReadAsync((t, c) => Counts.EnteredAsync(t, September, c));
        var ended = await Books.ReadAsync((t, c) => Counts.EndedAsync(t, September, c));

        var server = new Spec { Vcpus = 4, MemoryGiB = 16 };
        var volume = new Spec { SizeGiB = 500 };
        Assert.Equal([new("mock-a", ItemKind.Server, server, 2), new("mock-b", ItemKind.Volume, volume, 1)], entered);
        Assert.Equal([new("mock-a", ItemKind.Server, server, 1), new("mock-b", ItemKind.Volume, volume, 1)], ended);
    }

    [Fact]
    public async Task A_resource_confirmed_late_entered_in_the_month_of_its_confirmation_and_in_no_other()
    {
        await Books.StepAsync(1, "Confirm", "2026-10-05T09:00:00");
        await Books.StepAsync(1, "Confirm", "2026-11-05T09:00:00");
        await Books.ResourceAsync("Server", "2026-09-20", null);

        var counted = new List<long>();
        for (var month = September; month <= new Month(2026, 11); month = month.Next)
        {
            counted.Add((await Books.ReadAsync((t, c) => Counts.EnteredAsync(t, month, c))).Sum(e => e.Count));
        }

        Assert.Equal([0, 1, 0], counted);
    }

    [Fact]
    public async Task A_resource_whose_end_was_confirmed_late_ended_in_the_month_of_its_confirmation()
    {
        await Books.RequestAsync(2, "Deregistration");
        await Books.StepAsync(2, "Confirm", "2026-10-05T09:00:00");
        await Books.ResourceAsync("Server", "2026-08-20", "2026-09-20");
        await Books.EndAsync(1, by: 2, "2026-09-20");

        var september = await Books.ReadAsync((t, c) => Counts.EndedAsync(t, September, c));
        var october = await Books.ReadAsync((t, c) => Counts.EndedAsync(t, September.Next, c));

        Assert.Equal((0L, 1L), (september.Sum(e => e.Count), october.Sum(e => e.Count)));
    }

    [Fact]
    public async Task Change_orders_completed_in_the_month_are_counted_by_pool()
    {
        await Books.OrderAsync(2, "Change", "Completed", "2026-09-01T00:00:00");
        await Books.OrderAsync(3, "Change", "Completed", "2026-09-30T23:59:59");
        await Books.OrderAsync(4, "Change", "Completed", "2026-10-01T00:00:00");
        await Books.OrderAsync(5, "Change", "Failed", "2026-09-10T00:00:00");
        await Books.OrderAsync(6, "Change", "Issued", null);
        await Books.OrderAsync(7, "Change", "Completed", "2026-09-10T00:00:00", "mock-b");

        var changed = await Books.ReadAsync((t, c) => Counts.ChangedAsync(t, September, c));

        Assert.Equal([("mock-a", 2L), ("mock-b", 1L)], changed.Select(p => (p.Key, p.Value)));
    }
}
