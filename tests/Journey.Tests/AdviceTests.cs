using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What the technical department is advised from the test period's measurements (art. 19(4)).</summary>
public sealed class AdviceTests
{
    private static readonly (int Vcpus, int MemoryGiB)[] Sizes = [(2, 4), (4, 8), (8, 16)];

    [Fact]
    public async Task Art19_The_smallest_size_that_keeps_the_busiest_servers_p95_under_80_percent_is_advised()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await TestingAsync(
            province,
            Servers(1),
            Servers(2),
            Servers(3, 8, 16),
            Volumes(1, 50) with
            {
                No = 4,
            }
        );

        // Handed over on 30 September at 10:00: the whole days of the test are 1 to 9 October.
        await Advancing.ToAsync(province, "2026-10-10T09:00:00+08:00");
        var advice = (await ReadAsync(province, id)).Value;

        Assert.Equal((new(2026, 10, 1), new DateOnly(2026, 10, 10)), (advice.From, advice.Until));
        Assert.Equal(Verdict.Determined, advice.Verdict);
        Assert.Equal(80, advice.TargetPercent);
        foreach (var line in advice.Lines.Where(l => l.Line.Kind == ItemKind.Server))
        {
            var (cpu, memory) = await BusiestAsync(province, id, line.Line.No);
            Assert.Equal((cpu, memory), (line.Cpu!.P95, line.Memory!.P95));
            var fits = Sizes.Where(s => Under(line.Line, s, cpu, memory)).Select(s => (int?)s.Vcpus);
            Assert.Equal(fits.FirstOrDefault(), line.Recommended?.Vcpus);
            Assert.Equal(2, line.Reasons.Count);
        }

        var volume = advice.Lines.Single(l => l.Line.Kind == ItemKind.Volume);
        Assert.Equal((Verdict.NotApplicable, null), (volume.Verdict, volume.Recommended));
    }

    [Fact]
    public async Task Art19_Without_enough_data_nothing_is_advised()
    {
        const string Unmeasured = """{"faults": {"readUsage": {"kind": "unavailable", "probability": 1}}}""";
        await using var province = await Province.FoundAsync(
            Province.Mock("mock-a", "provider-a", settings: Unmeasured)
        );
        var id = await TestingAsync(province, Servers(1));
        var advance = await Advancing.StartAsync(province, DateTimeOffset.Parse("2026-10-10T09:00:00+08:00"));
        Assert.All(advance.Troubles, t => Assert.Equal("collect", t.Job));

        var advice = (await ReadAsync(province, id)).Value;

        var line = Assert.Single(advice.Lines);
        Assert.Equal((Verdict.InsufficientData, Verdict.InsufficientData), (advice.Verdict, line.Verdict));
        Assert.Null(line.Recommended);
        Assert.Equal((null, 0), (line.Cpu!.P95, line.Cpu.Coverage));
        Assert.Contains("80", Assert.Single(line.Reasons).Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Art19_A_test_of_less_than_a_whole_day_is_too_young_and_one_not_handed_over_has_no_advice()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var young = await TestingAsync(province, Servers(1));
        var untested = await ProvisionTests.ApprovedAsync(province, "mock-a", Servers(1));
        await Advancing.ToAsync(province, "2026-10-01T23:55:00+08:00");

        Assert.Equal(Verdict.NotApplicable, (await ReadAsync(province, young)).Value.Verdict);
        Assert.Equal("request.notTested", (await ReadAsync(province, untested)).Refusal?.Code);
    }

    [Fact]
    public async Task Art19_The_test_ends_with_its_report_whatever_runs_on_afterwards()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await TestingAsync(province, Servers(1));
        await Advancing.ToAsync(province, "2026-10-06T09:00:00+08:00");
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "ok" });
        await Advancing.ToAsync(province, "2026-10-20T09:00:00+08:00");

        Assert.Equal(new DateOnly(2026, 10, 6), (await ReadAsync(province, id)).Value.Until);
    }

    [Fact]
    public async Task Art19_What_was_advised_can_still_be_read_once_the_resources_are_in_service()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));
        var id = await TestingAsync(province, Servers(1), Volumes(1));
        await Advancing.ToAsync(province, "2026-10-10T09:00:00+08:00");
        await province.DoAsync(province.Tenant, id, RequestAction.SubmitTestReport, new() { Summary = "ok" });
        var before = (await ReadAsync(province, id)).Value;
        LineInput[] advised = [Servers(1, 8, 16), Volumes(1)];
        await province.DoAsync(province.Technical, id, RequestAction.Advise, new() { Lines = advised });
        await province.DoAsync(province.Technical, id, RequestAction.FileAdvice);
        await province.DoAsync(province.Technical, id, RequestAction.IssueDeliveryOrder);
        await province.DrainAsync();
        await province.DoAsync(province.Tenant, id, RequestAction.Confirm);

        var after = (await ReadAsync(province, id)).Value;

        Assert.Equal((before.Verdict, before.Until), (after.Verdict, after.Until));
        Assert.Equal(before.Lines[0].Cpu, after.Lines[0].Cpu);
        Assert.Equal(before.Lines[0].Recommended?.Vcpus, after.Lines[0].Recommended?.Vcpus);
    }

    private static bool Under(RequestLine line, (int Vcpus, int MemoryGiB) size, double cpu, double memory) =>
        line.Spec.Vcpus!.Value * cpu / size.Vcpus < 80 && line.Spec.MemoryGiB!.Value * memory / size.MemoryGiB < 80;

    /// <summary>The largest p95 of the line's servers, by sorting what is stored.</summary>
    private static async Task<(double Cpu, double Memory)> BusiestAsync(Province province, RequestId id, int line)
    {
        var slots = new SlotRange(Slots.OfDay(new(2026, 10, 1)), Slots.OfDay(new(2026, 10, 10)));
        var (cpu, memory) = (0d, 0d);
        foreach (var server in (await province.ResourcesAsync(id)).Where(r => r.Line == line))
        {
            var rows = await province.Get<ISampleStore>().ReadAsync(server.Id, slots, CancellationToken.None);
            Assert.Equal(9 * Slots.PerDay, rows.Count);
            cpu = Math.Max(cpu, P95([.. rows.Select(r => r.Cpu!.Value)]));
            memory = Math.Max(memory, P95([.. rows.Select(r => r.Memory!.Value)]));
        }

        return (cpu, memory);
    }

    private static double P95(float[] values)
    {
        Array.Sort(values);
        return Measured.Widen(values[(int)Math.Ceiling(0.95m * values.Length) - 1]);
    }

    private static async Task<Result<Advice>> ReadAsync(Province province, RequestId id) =>
        await province.Get<ReadAdvice>().ExecuteAsync(await province.RequestAsync(id), CancellationToken.None);

    private static async Task<RequestId> TestingAsync(Province province, params LineInput[] lines)
    {
        var id = await ProvisionTests.ApprovedAsync(province, "mock-a", lines);
        await province.DoAsync(province.Technical, id, RequestAction.IssueTestOrder);
        await province.DrainAsync();
        Assert.Equal(RequestState.Testing, (await province.RequestAsync(id)).State);
        return id;
    }
}
