using CloudManager.Api.Tests.Support;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Who reads which bill (art. 40), and what a bill looks like over HTTP.</summary>
[Collection(DemoCollection.Name)]
public sealed class BillsTests(DemoHost host) : IAsyncLifetime
{
    private const string Bills = "/api/v1/bills";
    private const string OfA = "2026-01.tenant-a.provider-a";
    private const string OfB = "2026-01.tenant-b.provider-b";

    private static readonly Rate Rate = new()
    {
        Number = 1,
        Item = "vol-ssd",
        Edition = "2026",
        Contract = "XZY-2025-A",
        Component = "storage",
        Unit = "元/GB/月",
        UnitPrice = 8_167,
        Divisor = 31,
    };

    /// <summary>Closed bills of a month before the demonstration began: three lines each.</summary>
    public async ValueTask InitializeAsync()
    {
        var written = await host.GetAsync("audit", $"{Bills}?month=2026-01");
        if (written.Items.Count == 0)
        {
            await host.KeepAsync<IBillWriter>(WriteAsync);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("tenant-a", OfA)]
    [InlineData("tenant-b", OfB)]
    [InlineData("provider-a", OfA)]
    [InlineData("provider-b", OfB)]
    [InlineData("authority", OfA, OfB)]
    [InlineData("technical", OfA, OfB)]
    [InlineData("agency", OfA, OfB)]
    [InlineData("finance", OfA, OfB)]
    [InlineData("audit", OfA, OfB)]
    public async Task Everyone_reads_the_bills_of_their_scope_and_no_other(string account, params string[] ids)
    {
        var listed = await host.GetAsync(account, $"{Bills}?month=2026-01");

        Assert.Equal(ids, listed.Ids);
        foreach (var id in (string[])[OfA, OfB])
        {
            var found = await host.GetAsync(account, $"{Bills}/{id}");
            var expected = ids.Contains(id) ? (200, null) : (404, "bill.notFound");
            Assert.True(expected == (found.Status, found.Code), $"{id}: {found.Text}");
        }
    }

    [Theory]
    [InlineData("tenant-a", "tenant=tenant-b")]
    [InlineData("provider-a", "provider=provider-b")]
    [InlineData("finance", "tenant=tenant-a&provider=provider-b")]
    public async Task A_filter_never_widens_the_scope(string account, string filter) =>
        Assert.Empty((await host.GetAsync(account, $"{Bills}?month=2026-01&{filter}")).Items);

    [Theory]
    [InlineData("sysadmin", Bills)]
    [InlineData("secadmin", $"{Bills}/{OfA}")]
    [InlineData("auditadmin", "/api/v1/charges/expected")]
    public async Task Platform_staff_read_no_bill(string account, string path)
    {
        var refused = await host.GetAsync(account, path);

        Assert.Equal((403, "access.notForYou"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_bill_writes_money_as_text_and_every_line_leads_to_its_origin()
    {
        var bill = (await host.GetAsync("tenant-a", $"{Bills}/{OfA}")).Body;
        var line = bill.GetProperty("lines")[0];

        Assert.Equal("245.01", bill.GetProperty("total").GetString());
        Assert.Equal("closed", bill.GetProperty("state").GetString());
        Assert.Equal("2026-02-01T02:00:00+08:00", bill.GetProperty("closedAt").GetString());
        Assert.Equal(3, bill.GetProperty("lineCount").GetInt32());
        Assert.Equal($"{OfA}.1", line.GetProperty("id").GetString());
        Assert.Equal("usage", line.GetProperty("kind").GetString());
        Assert.Equal("0.8167", line.GetProperty("unitPrice").GetString());
        Assert.Equal("81.67", line.GetProperty("amount").GetString());
        Assert.Equal("req-000001", line.GetProperty("startedBy").GetString());
        Assert.Equal("2026", line.GetProperty("servicePeriod").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, line.GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task Lines_page_by_a_cursor_that_leads_on_in_one_bill_only()
    {
        var first = await host.GetAsync("tenant-a", $"{Bills}/{OfA}?limit=2");
        var next = Uri.EscapeDataString(first.Body.GetProperty("next").GetString()!);
        var second = await host.GetAsync("tenant-a", $"{Bills}/{OfA}?limit=2&cursor={next}");

        Assert.Equal([$"{OfA}.1", $"{OfA}.2"], LinesOf(first));
        Assert.Equal([$"{OfA}.3"], LinesOf(second));
        Assert.Equal(422, (await host.GetAsync("audit", $"{Bills}/{OfB}?cursor={next}")).Status);
    }

    [Theory]
    [InlineData("a month there is none of", "?month=2026-13", "month")]
    [InlineData("a month in short form", "?month=2026-1", "month")]
    [InlineData("a day for a month", "?month=2026-01-01", "month")]
    [InlineData("a parameter nobody reads", "?region=430000", "region")]
    [InlineData("a page of none", "?limit=0", "limit")]
    [InlineData("a parameter of the list on one bill", $"/{OfA}?month=2026-01", "month")]
    public async Task A_wrong_parameter_is_named(string because, string query, string path)
    {
        var refused = await host.GetAsync("finance", $"{Bills}{query}");

        Assert.True((422, "query.invalid") == (refused.Status, refused.Code), $"{because}: {refused.Text}");
        Assert.Contains(refused.Faults, f => f.Path == path);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("2026-13.tenant-a.provider-a")]
    [InlineData("2026-01.tenant-a.provider-a.1")]
    [InlineData("2026-01.tenant-a")]
    [InlineData("2126-01.tenant-a.provider-a")]
    [InlineData("'%20or%201=1--")]
    public async Task What_is_no_bill_is_not_found(string id)
    {
        var missing = await host.GetAsync("finance", $"{Bills}/{id}");

        Assert.Equal((404, "bill.notFound"), (missing.Status, missing.Code));
    }

    [Fact]
    public async Task Expected_charges_refuse_what_they_do_not_read()
    {
        var refused = await host.GetAsync("tenant-a", "/api/v1/charges/expected?month=2026-01");

        Assert.Equal((422, "query.invalid"), (refused.Status, refused.Code));
        Assert.Equal(200, (await host.GetAsync("tenant-a", "/api/v1/charges/expected")).Status);
    }

    private static IEnumerable<string?> LinesOf(Answer answer) =>
        answer.Body.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("id").GetString());

    private static async Task WriteAsync(IBillWriter writer, ITransaction transaction, CancellationToken token)
    {
        var month = new Month(2026, 1);
        await writer.AddRatesAsync(transaction, month, [Rate], token);
        (long Number, BillKey Key)[] bills =
        [
            (9_001, new BillKey("tenant-a", "provider-a")),
            (9_002, new BillKey("tenant-b", "provider-b")),
        ];
        foreach (var (number, key) in bills)
        {
            var uses = Enumerable.Range(1, 3).Select(n => new BilledUse(number, n, UseOf(n, key))).ToList();
            await writer.AddUsageAsync(transaction, month, uses, token);
            var bill = new Bill
            {
                Month = month,
                Tenant = key.Tenant,
                Provider = key.Provider,
                State = BillState.Closed,
                ClosedAt = new DateTimeOffset(2026, 2, 1, 2, 0, 0, China.Offset),
                Total = 245.01m,
                LineCount = 3,
            };
            await writer.AddBillAsync(transaction, new ClosedBill(number, bill, "430000"), token);
        }
    }

    private static ResourceCharges UseOf(int resource, BillKey key)
    {
        var charge = new Charge
        {
            Rate = Rate,
            Quantity = 100,
            From = new DateOnly(2026, 1, 1),
            Until = new DateOnly(2026, 2, 1),
            StartedBy = new(1),
            EndedBy = null,
        };
        return new ResourceCharges(new(resource), key, "a-social-security", [charge], IsUnpriced: false);
    }
}
