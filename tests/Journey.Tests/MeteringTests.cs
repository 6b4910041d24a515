using System.Text.Json;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>From servers that replay real series to the utilisation report (art. 22, 25).</summary>
public sealed class MeteringTests
{
    private static readonly UtilisationQuery October = new(
        UtilisationBy.Resource,
        new DateOnly(2026, 10, 1),
        new DateOnly(2026, 11, 1)
    );

    [Fact]
    public async Task Utilisation_of_a_month_equals_what_the_traces_hold()
    {
        Assert.SkipUnless(Traces.Folder is not null, Traces.Missing);
        var settings = JsonSerializer.Serialize(new { traces = Traces.Folder });
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: settings));
        await ServeAsync(province, 20);
        var numbers = await TraceNumbersAsync(province);
        await LookAtAsync(province, "2026-11-01T00:05:00+08:00");

        var rows = await province.Get<IUtilisation>().ReadAsync(October, CancellationToken.None);

        Assert.Equal(20, rows.Count);
        foreach (var row in rows)
        {
            var trace = Traces.Read(numbers[row.Resource!.Value]);
            AssertAsMeasured(trace, 0, row.Cpu);
            AssertAsMeasured(trace, 1, row.Memory);
            Assert.Equal(new Utilisation(null, null, null, 0), row.Disk);
            Assert.Equal((1, 0), (row.Resources, row.LeftOut));
        }

        // Real data hold more than 100 %.
        Assert.Contains(rows, r => numbers[r.Resource!.Value] == 18 && r.Memory.Max > 100);
        Assert.Empty(await province.Get<ISampleStore>().SetAsideAsync(CancellationToken.None));
        await AssertRolledUpAsync(province, rows);
    }

    [Fact]
    public async Task A_month_collected_in_one_go_equals_the_month_collected_by_the_hour()
    {
        await using var once = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        await using var hourly = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        foreach (var province in (Province[])[once, hourly])
        {
            await ServeAsync(province, 3);
        }

        for (var at = hourly.Clock.GetUtcNow(); at < China.StartOf(new(2026, 10, 5)); at += TimeSpan.FromHours(1))
        {
            hourly.Clock.SetUtcNow(at);
            await LookAsync(hourly);
        }

        await LookAtAsync(once, "2026-11-01T00:00:00+08:00");
        await LookAtAsync(hourly, "2026-11-01T00:00:00+08:00");

        // Workers create servers side by side, so which resource has which server of the cloud may differ.
        var (one, other) = (await TraceNumbersAsync(once), await TraceNumbersAsync(hourly));
        foreach (var (server, number) in one)
        {
            var same = other.Single(o => o.Value == number).Key;
            var expected = await RowsAsync(once, server);
            Assert.True(expected.Count > 31 * Slots.PerDay);
            Assert.Equal(expected.Select(r => r with { Resource = same }), await RowsAsync(hourly, same));
            Assert.Equal(await UseAsync(once, server), await UseAsync(hourly, same));
        }
    }

    [Theory]
    [InlineData("00:10:00")]
    [InlineData("-00:10:00")]
    public async Task A_cloud_whose_clock_is_ten_minutes_wrong_is_measured_as_one_whose_clock_is_right(string offset)
    {
        var wrongly = JsonSerializer.Serialize(new { clockOffset = offset });
        await using var right = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        await using var wrong = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: wrongly));
        foreach (var province in (Province[])[right, wrong])
        {
            await ServeAsync(province, 1);
            await LookAtAsync(province, "2026-10-03T12:00:00+08:00");
            await LookAtAsync(province, "2026-11-01T00:00:00+08:00");
        }

        var (one, other) = (await TraceNumbersAsync(right), await TraceNumbersAsync(wrong));
        var (server, same) = (Assert.Single(one).Key, Assert.Single(other).Key);
        var expected = await RowsAsync(right, server);
        Assert.True(expected.Count > 31 * Slots.PerDay);
        Assert.Equal(expected.Select(r => r with { Resource = same }), await RowsAsync(wrong, same));
        Assert.Empty(await wrong.Get<ISampleStore>().SetAsideAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Only_days_in_service_that_are_over_count()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        await ServeAsync(province, 1, testing: TimeSpan.FromDays(10));

        // In service since 10 October; the 14th is not over.
        await LookAtAsync(province, "2026-10-14T12:00:00+08:00");
        var row = Assert.Single(await province.Get<IUtilisation>().ReadAsync(October, CancellationToken.None));
        var day = October with { From = new(2026, 10, 14), Until = new(2026, 10, 15) };
        var before = October with { From = new(2026, 10, 1), Until = new(2026, 10, 10) };

        var server = row.Resource!.Value;
        var rows = await RowsAsync(province, server);
        var (from, until) = (Slots.OfDay(new(2026, 10, 10)), Slots.OfDay(new(2026, 10, 14)));
        var inService = rows.Where(r => r.Slot >= from && r.Slot < until).Select(r => (double)r.Cpu!.Value).ToList();
        Assert.Equal(inService.Average(), row.Cpu.Mean!.Value, tolerance: 1e-5);
        Assert.Equal((double)inService.Count / (4 * Slots.PerDay), row.Cpu.Coverage);
        Assert.True(rows.Min(r => r.Slot) < from && rows.Max(r => r.Slot) >= until);
        Assert.Empty(await province.Get<IUtilisation>().ReadAsync(day, CancellationToken.None));
        Assert.Empty(await province.Get<IUtilisation>().ReadAsync(before, CancellationToken.None));
        Assert.Empty(
            await province.Get<IUtilisation>().ReadAsync(October with { Tenant = "tenant-b" }, CancellationToken.None)
        );
    }

    [Fact]
    public async Task Pages_of_the_report_lose_and_double_nothing()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        await ServeAsync(province, 5);
        await LookAtAsync(province, "2026-10-03T00:05:00+08:00");
        var report = province.Get<ReadUtilisation>();

        var walked = new List<UtilisationRow>();
        var next = new PageRequest(null, 2);
        while (next is not null)
        {
            var page = await report.PageAsync(October, next, CancellationToken.None);
            walked.AddRange(page.Items);
            next = page.Next is null ? null : next with { After = page.Next };
        }

        Assert.Equal(await report.ReadAsync(October, CancellationToken.None), walked);
        Assert.Equal(5, walked.Count);
    }

    /// <summary>Takes servers into service on the day their test ends.</summary>
    private static async Task ServeAsync(Province province, int servers, TimeSpan testing = default)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(servers));
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        province.Clock.Advance(testing);
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "passed" });
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = [Servers(servers)] });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);
    }

    private static Task LookAtAsync(Province province, string instant)
    {
        province.Clock.SetUtcNow(DateTimeOffset.Parse(instant));
        return LookAsync(province);
    }

    private static async Task LookAsync(Province province) =>
        Assert.Equal(
            LookOutcome.Done,
            (await province.Get<CollectSamples>().LookAsync(CancellationToken.None)).Outcome
        );

    private static Task<IReadOnlyList<SampleRow>> RowsAsync(Province province, ResourceId server) =>
        province.Get<ISampleStore>().ReadAsync(server, new(0, long.MaxValue), CancellationToken.None);

    private static async Task<(Utilisation, Utilisation, Utilisation)> UseAsync(Province province, ResourceId server)
    {
        var rows = await province.Get<IUtilisation>().ReadAsync(October, CancellationToken.None);
        var row = rows.Single(r => r.Resource == server);
        return (row.Cpu, row.Memory, row.Disk);
    }

    /// <summary>Which file each server replays: that of its number in the simulated cloud, from 0.</summary>
    private static async Task<Dictionary<ResourceId, int>> TraceNumbersAsync(Province province) =>
        (await province.ResourcesAsync(new(1))).ToDictionary(
            r => r.Id,
            r => int.Parse(r.NativeId!.Value.Value.Split('-')[^1]) - 1
        );

    /// <summary>Every day of October replays the whole file.</summary>
    private static void AssertAsMeasured(IReadOnlyList<double?[]> trace, int column, Utilisation seen)
    {
        var day = trace.Select(line => line[column]).OfType<double>().ToList();
        var month = Enumerable.Repeat(day, 31).SelectMany(values => values).Order().ToList();
        var rank = (int)Math.Ceiling(0.95m * month.Count);
        Assert.Equal(288, trace.Count);
        Assert.Equal(month.Average(), seen.Mean!.Value, tolerance: 0.01);
        Assert.Equal(month[^1], seen.Max!.Value, tolerance: 0.01);
        Assert.Equal(month[rank - 1], seen.P95);
        Assert.Equal(month.Count / (31d * 288), seen.Coverage);
    }

    /// <summary>All servers are alike in size, so roll-ups are plain means.</summary>
    private static async Task AssertRolledUpAsync(Province province, IReadOnlyList<UtilisationRow> rows)
    {
        UtilisationBy[] keys = [UtilisationBy.System, UtilisationBy.Tenant, UtilisationBy.Pool, UtilisationBy.Resource];
        var utilisation = province.Get<IUtilisation>();
        var together = await utilisation.ReadAsync(October, keys, CancellationToken.None);
        Assert.Equal(rows, together[^1]);
        foreach (var (by, atOnce) in keys.Zip(together).SkipLast(1))
        {
            var all = Assert.Single(await utilisation.ReadAsync(October with { By = by }, CancellationToken.None));
            Assert.Equal(all, Assert.Single(atOnce));
            Assert.Equal((20, 0, 80, 160), (all.Resources, all.LeftOut, all.Vcpus, all.MemoryGiB));
            Assert.Equal(rows.Average(r => r.Cpu.Mean!.Value), all.Cpu.Mean!.Value, tolerance: 1e-6);
            Assert.Equal(rows.Average(r => r.Memory.P95!.Value), all.Memory.P95!.Value, tolerance: 1e-6);
            Assert.Equal(rows.Max(r => r.Memory.Max), all.Memory.Max);
            Assert.Equal(0, all.Disk.Coverage);
        }
    }
}
