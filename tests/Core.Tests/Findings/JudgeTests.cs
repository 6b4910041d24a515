using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Tests.Findings;

/// <summary>Each rule at its borders (art. 22).</summary>
public sealed class JudgeTests
{
    private static readonly DateOnly Day = new(2026, 11, 2);
    private static readonly PolicyNumbers Numbers = new() { WindowDays = 10 };
    private static readonly UseNumbers Idle = Use((1, 2), (5, 9), 100);

    public static TheoryData<string, FindingKind, Func<UseNumbers>, Verdict, bool> Borders =>
        new()
        {
            {
                "all four just under",
                FindingKind.LowUse,
                () => Use((9.99, 19.99), (29.99, 39.99)),
                Verdict.Determined,
                true
            },
            {
                "the mean of the processor at its number",
                FindingKind.LowUse,
                () => Use((10, 19), (29, 39)),
                Verdict.Determined,
                false
            },
            {
                "the p95 of the processor at its number",
                FindingKind.LowUse,
                () => Use((9, 20), (29, 39)),
                Verdict.Determined,
                false
            },
            {
                "the mean of memory at its number",
                FindingKind.LowUse,
                () => Use((9, 19), (30, 39)),
                Verdict.Determined,
                false
            },
            {
                "the p95 of memory at its number",
                FindingKind.LowUse,
                () => Use((9, 19), (29, 40)),
                Verdict.Determined,
                false
            },
            {
                "memory over a hundred percent",
                FindingKind.LowUse,
                () => Use((1, 2), (120, 130)),
                Verdict.Determined,
                false
            },
            { "coverage of 80 % exactly", FindingKind.LowUse, () => Covered(2304, 2880), Verdict.Determined, true },
            { "one slot less", FindingKind.LowUse, () => Covered(2303, 2880), Verdict.InsufficientData, false },
            {
                "one slot less of memory alone",
                FindingKind.LowUse,
                () => Covered(2880, 2303),
                Verdict.InsufficientData,
                false
            },
            { "nothing measured at all", FindingKind.LowUse, () => Covered(0, 0), Verdict.InsufficientData, false },
            {
                "the network measured by nobody",
                FindingKind.LowUse,
                () => Use((1, 2), (5, 9), null),
                Verdict.Determined,
                true
            },
            {
                "the network measured by nobody",
                FindingKind.Zombie,
                () => Use((1, 2), (5, 9), null),
                Verdict.InsufficientData,
                false
            },
            { "idle by both", FindingKind.Zombie, () => Use((1.99, 4.99), (90, 99), 1023.9), Verdict.Determined, true },
            { "traffic at its number", FindingKind.Zombie, () => Use((1, 2), (5, 9), 1024), Verdict.Determined, false },
            { "the mean at its number", FindingKind.Zombie, () => Use((2, 4), (5, 9), 10), Verdict.Determined, false },
            { "the p95 at its number", FindingKind.Zombie, () => Use((1, 5), (5, 9), 10), Verdict.Determined, false },
            {
                "both p95 just under",
                FindingKind.Oversized,
                () => Use((30, 39.9), (40, 49.9)),
                Verdict.Determined,
                true
            },
            {
                "the processor's at its number",
                FindingKind.Oversized,
                () => Use((30, 40), (40, 49)),
                Verdict.Determined,
                false
            },
            {
                "memory's at its number",
                FindingKind.Oversized,
                () => Use((30, 39), (40, 50)),
                Verdict.Determined,
                false
            },
            {
                "the processor just over",
                FindingKind.Undersized,
                () => Use((50, 80.01), (20, 30)),
                Verdict.Determined,
                true
            },
            { "memory just over", FindingKind.Undersized, () => Use((50, 60), (80, 85.01)), Verdict.Determined, true },
            {
                "both at their numbers",
                FindingKind.Undersized,
                () => Use((50, 80), (80, 85)),
                Verdict.Determined,
                false
            },
            {
                "the processor over and memory measured too seldom",
                FindingKind.Undersized,
                () => Covered(2880, 2000, 95),
                Verdict.InsufficientData,
                false
            },
        };

    [Theory, MemberData(nameof(Borders))]
    public void Art22_a_number_at_its_threshold_does_not_speak_and_missing_data_decides_nothing(
        string because,
        FindingKind kind,
        Func<UseNumbers> use,
        Verdict verdict,
        bool holds
    )
    {
        var judged = kind switch
        {
            FindingKind.LowUse => LowUse.Judge(use(), Numbers),
            FindingKind.Zombie => Zombie.Judge(use(), Numbers),
            FindingKind.Oversized => TooLarge.Judge(use(), Numbers),
            _ => TooSmall.Judge(use(), Numbers),
        };

        Assert.True((kind, verdict, holds) == (judged.Kind, judged.Verdict, judged.Holds), because);
        Assert.NotEmpty(judged.Reasons);
        Assert.All(judged.Numbers, n => Assert.NotNull(n.Threshold));
    }

    [Fact]
    public void Art22_a_server_in_service_for_less_than_the_window_is_not_judged()
    {
        var window = FindingWindow.Before(Day, 10);
        Assert.True(Judge.IsOldEnough(Server(Day.AddDays(-10)), window));
        Assert.False(Judge.IsOldEnough(Server(Day.AddDays(-9)), window));

        var verdicts = Judge.Server(new ServerFacts(Server(Day.AddDays(-9)), Day), Numbers);
        Assert.All(
            verdicts.Where(v => JudgedSubject.Strengths.Contains(v.Kind)),
            v => Assert.Equal((Verdict.NotApplicable, false), (v.Verdict, v.Holds))
        );
    }

    [Theory]
    [InlineData("off since before the window", 0, 0, true)]
    [InlineData("off since the window's first day", -1, 15, true)]
    [InlineData("off since some minutes of the window", 0, 15, false)]
    [InlineData("off since the day after", 1, 0, false)]
    public void Art22_a_server_that_did_not_run_on_any_day_of_the_window_is_a_zombie(
        string because,
        int days,
        int minutes,
        bool holds
    )
    {
        var since = China.StartOf(Day.AddDays(-10 + days)).AddMinutes(minutes);
        var off = LastingFacts.Of(Stopped(since, seen: Day), Day);
        var verdicts = Judge.Server(
            new ServerFacts(Server(new(2026, 1, 1)), Day) { Use = Unmeasured(), Off = off },
            Numbers
        );

        var zombie = verdicts.Single(v => v.Kind == FindingKind.Zombie);
        Assert.True(holds == zombie.Holds, because);
        Assert.Equal(holds ? Verdict.Determined : Verdict.InsufficientData, zombie.Verdict);
        Assert.Equal(Verdict.InsufficientData, verdicts.Single(v => v.Kind == FindingKind.LowUse).Verdict);
    }

    [Fact]
    public void A_server_said_to_be_off_that_works_is_no_zombie_and_an_old_sight_says_nothing()
    {
        var off = LastingFacts.Of(Stopped(China.StartOf(Day.AddDays(-30)), seen: Day), Day);
        var window = FindingWindow.Before(Day, 10);
        Assert.NotNull(Zombie.ByPower(off, Idle, window, Numbers));
        Assert.Null(Zombie.ByPower(off, Use((2, 3), (5, 9)), window, Numbers));

        var stale = LastingFacts.Of(Stopped(China.StartOf(Day.AddDays(-40)), seen: Day.AddDays(-3)), Day);
        Assert.Null(Zombie.ByPower(stale, Idle, window, Numbers));
        Assert.Equal(Verdict.InsufficientData, PoweredOff.Judge(stale, Day, Numbers).Verdict);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void Art22_what_lasts_is_held_from_the_policys_day_on(int days, bool holds)
    {
        var facts = LastingFacts.Of(Stopped(China.StartOf(Day.AddDays(-days)), seen: Day), Day);
        Assert.Equal(holds, PoweredOff.Judge(facts, Day, Numbers).Holds);
        Assert.Equal(holds, IdleVolume.Judge(facts, Day, Numbers).Holds);
        Assert.Equal(holds, IdleAddress.Judge(facts, Day, Numbers).Holds);
        Assert.Equal(
            (Verdict.Determined, false),
            (IdleVolume.Judge(null, Day, Numbers).Verdict, IdleVolume.Judge(null, Day, Numbers).Holds)
        );
    }

    [Theory]
    [InlineData(4, 8, null)]
    [InlineData(8, 8, FindingDetail.Larger)]
    [InlineData(8, 16, FindingDetail.Larger)]
    [InlineData(2, 8, FindingDetail.Smaller)]
    [InlineData(2, 4, FindingDetail.Smaller)]
    [InlineData(8, 4, FindingDetail.Other)]
    [InlineData(2, 16, FindingDetail.Other)]
    public void Art22_the_actual_size_is_held_against_the_approved_one(int vcpus, int memory, FindingDetail? detail)
    {
        var approved = new ApprovedSize(new(4, 8), new(1));
        var server = Server(new(2026, 1, 1));
        var booked = server with
        {
            Spec = new() { Vcpus = vcpus, MemoryGiB = memory },
        };
        var judged = NotAsApproved.Judge(booked, approved, null);
        Assert.Equal((Verdict.Determined, detail is not null, detail), (judged.Verdict, judged.Holds, judged.Detail));

        var cloud = Stopped(China.StartOf(Day.AddDays(-1)), seen: Day) with
        {
            Evidence = new(null, new() { Vcpus = vcpus, MemoryGiB = memory }),
        };
        Assert.Equal(detail, NotAsApproved.Judge(server, approved, LastingFacts.Of(cloud, Day)).Detail);
        Assert.Equal(Verdict.InsufficientData, NotAsApproved.Judge(booked, null, null).Verdict);
        var changing = booked with { State = ResourceState.Changing };
        Assert.Equal(Verdict.NotApplicable, NotAsApproved.Judge(changing, approved, null).Verdict);
    }

    [Fact]
    public void The_strongest_stands_alone_and_what_is_beside_use_stands_beside_it()
    {
        FindingKind[] all = [FindingKind.Oversized, FindingKind.LowUse, FindingKind.PoweredOff, FindingKind.Zombie];
        var subject = new JudgedSubject(
            new(SubjectKind.Server, "res-000001", new("mock-a"), "x"),
            new("tenant-a", "provider-a", "430000"),
            "430000-v0",
            [.. all.Select(kind => new RuleVerdict(kind, Verdict.Determined, true))]
        );
        Assert.Equal([FindingKind.PoweredOff, FindingKind.Zombie], subject.Held().Select(v => v.Kind));
    }

    private static UseNumbers Use(
        (double Mean, double P95) cpu,
        (double Mean, double P95) memory,
        double? network = 50_000
    ) =>
        new(
            new(cpu.Mean, cpu.P95, 1),
            new(memory.Mean, memory.P95, 1),
            network is null ? MetricNumbers.None : new(network, null, 1)
        );

    private static UseNumbers Covered(long cpu, long memory, double p95 = 2) =>
        UseNumbers.Of(
            new ServerUse(
                new DayWindow(new(1), Day.AddDays(-10), Day),
                cpu == 0 ? MetricUse.None : new(cpu, 1, p95, p95),
                memory == 0 ? MetricUse.None : new(memory, 1, 2, 3),
                MetricUse.None
            )
        );

    private static ServerUse Unmeasured() =>
        new(new DayWindow(new(1), Day.AddDays(-10), Day), MetricUse.None, MetricUse.None, MetricUse.None);

    private static Finding Stopped(DateTimeOffset since, DateOnly seen) =>
        new()
        {
            Id = new(1),
            Kind = FindingKind.Drift,
            Detail = FindingDetail.Stopped,
            Subject = new(SubjectKind.Server, "res-000001", new("mock-a"), "x"),
            Scope = new("tenant-a", "provider-a", "430000"),
            Evidence = new(null, null),
            State = FindingState.Open,
            OpenedAt = since,
            LastSeenAt = China.StartOf(seen),
        };

    private static Resource Server(DateOnly since) =>
        new()
        {
            Id = new(1),
            Kind = ItemKind.Server,
            Tenant = "tenant-a",
            System = "a-system",
            Region = "430000",
            Pool = new("mock-a"),
            Provider = "provider-a",
            Item = "ecs-general",
            Spec = new() { Vcpus = 4, MemoryGiB = 8 },
            State = ResourceState.InService,
            Request = new(1),
            Line = 1,
            WorkOrder = new(1),
            CreatedAt = China.StartOf(since),
            ServiceStart = since,
        };
}
