using System.Text.Json;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Reports;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Journey.Tests.Support;

/// <summary>All that a province came to, as text: two provinces that lived the same life have the same outcome.</summary>
internal static class Outcome
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };
    private static readonly DateOnly First = new(2026, 10, 1);
    private static readonly DateOnly End = new(2026, 12, 1);

    public static async Task<string> OfAsync(Province province)
    {
        var resources = await ResourcesAsync(province);
        var outcome = new
        {
            Requests = await RequestsAsync(province),
            Resources = resources,
            Told = await ToldAsync(province),
            Samples = await SamplesAsync(province, resources),
            Utilisation = await UtilisationAsync(province),
            Bills = await BillsAsync(province),
            Reports = await ReportsAsync(province),
        };
        return JsonSerializer.Serialize(outcome, Readable);
    }

    public static async Task<IReadOnlyList<(string Id, string Body)>> ReportsAsync(Province province)
    {
        var reports = new List<(string, string)>();
        var heads = await province.ReadAsync(
            (t, c) =>
                province.Get<IReportStore>().ListAsync(t, new ReportFilter(null, null), new PageRequest(null, 100), c)
        );
        foreach (var head in heads.Items)
        {
            var report = await province.ReadAsync((t, c) => province.Get<IReportStore>().FindAsync(t, head.Id, c));
            var here = province.Get<Installation>().Id;
            reports.Add((head.Id, report!.Body.Replace(here, "here", StringComparison.Ordinal)));
        }

        return reports;
    }

    private static async Task<IReadOnlyList<ServiceRequest>> RequestsAsync(Province province) =>
        (
            await province.ReadAsync(
                (t, c) => province.Get<IRequestStore>().ListAsync(t, new RequestFilter(), new PageRequest(null, 100), c)
            )
        ).Items;

    private static async Task<IReadOnlyList<Resource>> ResourcesAsync(Province province) =>
        (
            await province.ReadAsync(
                (t, c) =>
                    province.Get<IResourceStore>().ListAsync(t, new ResourceFilter(), new PageRequest(null, 100), c)
            )
        ).Items;

    private static async Task<IReadOnlyList<Notification>> ToldAsync(Province province)
    {
        var told = new List<Notification>();
        foreach (var organisation in (string[])["tenant-a", "technical", "authority", "provider-a", "provider-b"])
        {
            var page = new PageRequest(null, 500);
            var box = province.Get<INotifications>();
            told.AddRange((await province.ReadAsync((t, c) => box.ListAsync(t, organisation, page, c))).Items);
        }

        return told;
    }

    private static async Task<IReadOnlyList<string>> SamplesAsync(Province province, IReadOnlyList<Resource> resources)
    {
        var all = new List<string>();
        var slots = new SlotRange(Slots.OfDay(First.AddDays(-30)), Slots.OfDay(End.AddDays(30)));
        foreach (var resource in resources)
        {
            var rows = await province.Get<ISampleStore>().ReadAsync(resource.Id, slots, CancellationToken.None);
            all.Add($"{resource.Id}: {rows.Count} rows");
            all.AddRange(rows.Select(r => r.ToString()));
        }

        return all;
    }

    private static async Task<IReadOnlyList<string>> UtilisationAsync(Province province)
    {
        var rows = new List<string>();
        foreach (var by in Enum.GetValues<UtilisationBy>())
        {
            var query = new UtilisationQuery(by, First, End);
            var found = await province.Get<IUtilisation>().ReadAsync(query, CancellationToken.None);
            rows.AddRange(found.Select(r => r.ToString()));
        }

        return rows;
    }

    private static async Task<IReadOnlyList<string>> BillsAsync(Province province)
    {
        var lines = new List<string>();
        foreach (var bill in await province.BillsAsync())
        {
            lines.Add(bill.ToString());
            lines.AddRange((await province.LinesAsync(bill, 100)).Select(l => l.ToString()));
        }

        return lines;
    }
}
