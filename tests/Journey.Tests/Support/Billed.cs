using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Journey.Tests.Support;

/// <summary>The province from order to bill: what is done on which day, and what the bills then say.</summary>
internal static class Billed
{
    /// <summary>Moves business time to the instant, e.g. <c>2026-10-12 09:00</c> in China.</summary>
    public static void At(this Province province, string time) =>
        province.Clock.SetUtcNow(new DateTimeOffset(DateTime.Parse(time), China.Offset));

    /// <summary>A request whose delivery is ordered and completed at the instant.</summary>
    public static async Task<RequestId> DeliverAsync(this Province province, string time, params LineInput[] lines)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", lines);
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        province.At(time);
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "passed" });
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = lines });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        Assert.Equal(RequestState.Delivered, (await province.RequestAsync(id)).State);
        return id;
    }

    public static Task<Look> CloseAsync(this Province province) =>
        province.Get<CloseMonth>().LookAsync(CancellationToken.None);

    public static async Task<IReadOnlyList<Bill>> BillsAsync(this Province province, string? month = null)
    {
        var filter = new BillFilter { Month = Month.TryParse(month, out var only) ? only : null };
        var bills = new List<Bill>();
        for (string? after = null; ; )
        {
            // Pages of one, so that every test also walks the pages.
            var page = await province.ReadAsync(
                (t, token) => province.Get<IBills>().ListAsync(t, filter, new PageRequest(after, 1), token)
            );
            bills.AddRange(page.Items);
            after = page.Next;
            if (after is null)
            {
                return bills;
            }
        }
    }

    /// <summary>The lines of the month's only bill.</summary>
    public static async Task<IReadOnlyList<BillLine>> LinesAsync(this Province province, string month) =>
        await province.LinesAsync(Assert.Single(await province.BillsAsync(month)));

    public static async Task<IReadOnlyList<BillLine>> LinesAsync(this Province province, Bill bill, int limit = 2)
    {
        var lines = new List<BillLine>();
        for (string? after = null; ; )
        {
            var page = await province.ReadAsync(
                (t, token) => province.Get<IBills>().LinesAsync(t, bill, new PageRequest(after, limit), token)
            );
            lines.AddRange(page.Items);
            after = page.Next;
            if (after is null)
            {
                break;
            }
        }

        Assert.Equal(bill.Total, lines.Sum(l => l.Amount));
        Assert.Equal(Enumerable.Range(1, bill.LineCount).Select(no => $"{bill.Id}.{no}"), lines.Select(l => l.Id));
        return lines;
    }

    /// <summary>Kind, resource, component, first day, days of divisor, and amount of each line.</summary>
    public static IEnumerable<string> Shown(this IEnumerable<BillLine> lines) =>
        lines.Select(l => $"{l.Kind} {l.Resource} {l.Component} {l.From:MM-dd} {l.Days}/{l.DaysInMonth} {l.Amount:F2}");
}
