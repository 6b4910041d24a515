using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Tests.Findings;

/// <summary>Systems as the capacity-weighted roll-up of their servers (art. 22).</summary>
public sealed class JudgeSystemTests
{
    private const long Slots = 2880;
    private static readonly FindingWindow Window = FindingWindow.Before(new(2026, 11, 2), 10);

    [Fact]
    public void Art22_large_servers_weigh_more_than_small_ones()
    {
        // 8 cores at 5 % beside 2 cores at 20 %: (40 + 40) / 10 = 8 %.
        var low = Of(Share(1, 8, 5), Share(2, 2, 20));
        Assert.Equal((Verdict.Determined, true), (low.Verdict, low.Holds));
        Assert.Equal(8, low.Numbers.Single(n => n.Name == "cpuMean").Value);

        var busy = Of(Share(1, 2, 5), Share(2, 8, 20));
        Assert.Equal((Verdict.Determined, false), (busy.Verdict, busy.Holds));
        Assert.Equal(17, busy.Numbers.Single(n => n.Name == "cpuMean").Value);
    }

    [Theory]
    [InlineData("exactly 80 % of the vCPUs judged", 8, 2, Verdict.Determined)]
    [InlineData("less", 79, 21, Verdict.InsufficientData)]
    public void Art22_too_many_servers_without_data_leave_the_system_open(
        string because,
        int known,
        int unknown,
        Verdict verdict
    )
    {
        var judged = Of(Share(1, known, 5), Share(2, unknown, null));
        Assert.True(verdict == judged.Verdict, because);
        Assert.Contains(judged.Reasons, r => r.En.StartsWith("1 server(s) left out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_system_of_nothing_but_young_servers_is_not_judged()
    {
        var young = Share(1, 4, null) with { LowUse = Verdict.NotApplicable, Zombie = Verdict.NotApplicable };
        Assert.Equal(Verdict.NotApplicable, Of(young).Verdict);
    }

    [Fact]
    public void Art22_a_server_off_all_through_counts_as_idle_for_a_zombie_and_is_left_out_of_low_use()
    {
        var off = Share(1, 8, null) with { Zombie = Verdict.Determined, IsOff = true };
        var idle = Share(2, 2, 1) with { Network = new(100, null, Slots) };
        var verdicts = JudgeSystem.Of([off, idle], new PolicyNumbers(), Window);

        Assert.True(verdicts.Single(v => v.Kind == FindingKind.Zombie).Holds);
        Assert.Equal(Verdict.InsufficientData, verdicts.Single(v => v.Kind == FindingKind.LowUse).Verdict);
    }

    private static RuleVerdict Of(params ServerShare[] servers) =>
        JudgeSystem.Of(servers, new PolicyNumbers(), Window).Single(v => v.Kind == FindingKind.LowUse);

    private static ServerShare Share(long number, int vcpus, double? cpu) =>
        new()
        {
            Server = number,
            System = "a-system",
            Tenant = "tenant-a",
            Region = "430000",
            Pool = new("mock-a"),
            Vcpus = vcpus,
            MemoryGiB = vcpus * 2,
            Slots = Slots,
            LowUse = cpu is null ? Verdict.InsufficientData : Verdict.Determined,
            Zombie = cpu is null ? Verdict.InsufficientData : Verdict.Determined,
            Cpu = new(cpu, cpu, cpu is null ? 0 : Slots),
            Memory = new(cpu, cpu, cpu is null ? 0 : Slots),
            Network = new(cpu is null ? null : 5_000, null, cpu is null ? 0 : Slots),
        };
}
