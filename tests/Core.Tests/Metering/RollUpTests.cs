using CloudManager.Core.Catalogue;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Tests.Metering;

public sealed class RollUpTests
{
    private static readonly DateOnly Day = new(2026, 9, 1);
    private readonly RollUp _all = new();

    [Fact]
    public void A_server_weighs_by_its_capacity_and_by_how_often_it_was_measured()
    {
        // 2 cores and 8 GiB with 200 slots; 6 cores and 4 GiB with 100 slots.
        Add(2, 8, null, new(200, 10, 20, 30), new(200, 50, 60, 70), new(200, 10, 20, 30));
        Add(6, 4, 120, new(100, 40, 90, 95), new(100, 20, 30, 40), new(100, 40, 50, 60));

        var row = _all.ToRow();

        AssertClose((10d * 400 + 40 * 600) / 1_000, (20d * 400 + 90 * 600) / 1_000, 95, row.Cpu);
        AssertClose((50d * 1_600 + 20 * 400) / 2_000, (60d * 1_600 + 30 * 400) / 2_000, 70, row.Memory);
        // A system disk of 40 GiB where none was given.
        AssertClose((10d * 8_000 + 40 * 12_000) / 20_000, (20d * 8_000 + 50 * 12_000) / 20_000, 60, row.Disk);
        Assert.Equal((2, 0, 8, 12), (row.Resources, row.LeftOut, row.Vcpus, row.MemoryGiB));
        Assert.Equal(300d / (2 * Slots.PerDay), row.Cpu.Coverage);
    }

    [Fact]
    public void A_server_nobody_measured_is_in_no_number_but_the_coverage()
    {
        Add(2, 8, null, new(288, 6.763, 7.1, 8.2), MetricUse.None, MetricUse.None);
        Add(64, 256, null, MetricUse.None, MetricUse.None, MetricUse.None);

        var row = _all.ToRow();

        Assert.Equal(Quiet(6.763, 7.1, 8.2, 288, 0.5), row.Cpu);
        Assert.Equal(new Utilisation(null, null, null, 0), row.Memory);
        Assert.Equal((2, 1, 64), (row.Resources, row.LeftOut, row.LeftOutVcpus));
    }

    [Fact]
    public void Of_a_single_server_its_own_numbers_stand()
    {
        Add(3, 7, null, new(7, 0.1, 0.2, 0.3), new(7, 1.1, 2.2, 3.3), MetricUse.None);

        Assert.Equal(Quiet(0.1, 0.2, 0.3, 7, 7d / 288), _all.ToRow().Cpu);
        Assert.Equal(Quiet(1.1, 2.2, 3.3, 7, 7d / 288), _all.ToRow().Memory);
    }

    [Fact]
    public void Hours_add_up_and_the_99th_percentile_weighs_as_the_95th()
    {
        var cpu = new MetricUse(100, 10, 20, 30)
        {
            P99 = 25,
            Above = 6,
            Below = 24,
        };
        Add(2, 8, null, cpu, MetricUse.None, MetricUse.None);
        Add(6, 8, null, cpu with { P99 = 45, Above = 12, Below = 0 }, MetricUse.None, MetricUse.None);

        var seen = _all.ToRow().Cpu;

        Assert.Equal(((25d * 2) + (45 * 6)) / 8, seen.P99!.Value, tolerance: 1e-9);
        Assert.Equal((1.5, 2, 200), (seen.HoursAbove, seen.HoursBelow, seen.Measured));
    }

    [Fact]
    public void A_percentile_that_is_no_longer_known_of_one_is_not_made_up_for_all()
    {
        Add(2, 8, null, new(100, 10, 20, 30) { P99 = 25 }, MetricUse.None, MetricUse.None);
        Add(6, 8, null, new(100, 10, null, 40), MetricUse.None, MetricUse.None);

        var seen = _all.ToRow().Cpu;

        Assert.Equal((10, null, null, 40), (seen.Mean, seen.P95, seen.P99, seen.Max));
    }

    [Fact]
    public void Of_nothing_there_is_nothing()
    {
        var row = _all.ToRow();
        Assert.Equal((0, 0), (row.Resources, row.LeftOut));
        Assert.Equal(new Utilisation(null, null, null, 0), row.Cpu);
    }

    private void Add(int vcpus, int memoryGiB, int? diskGiB, MetricUse cpu, MetricUse memory, MetricUse disk)
    {
        var server = new Resource
        {
            Id = new(1),
            Kind = ItemKind.Server,
            Tenant = "tenant-a",
            System = "hr-portal",
            Region = "430000",
            Pool = new("mock-a"),
            Provider = "provider-a",
            Item = "ecs-general",
            Spec = new Spec
            {
                Vcpus = vcpus,
                MemoryGiB = memoryGiB,
                SizeGiB = diskGiB,
            },
            State = ResourceState.InService,
            Request = new(1),
            Line = 1,
            WorkOrder = new(1),
            CreatedAt = default,
            ServiceStart = Day,
        };
        _all.Add(server, new ServerUse(new DayWindow(server.Id, Day, Day.AddDays(1)), cpu, memory, disk));
    }

    private static Utilisation Quiet(double mean, double p95, double max, long measured, double coverage) =>
        new(mean, p95, max, coverage)
        {
            HoursAbove = 0,
            HoursBelow = 0,
            Measured = measured,
        };

    private static void AssertClose(double mean, double p95, double max, Utilisation seen)
    {
        Assert.Equal(mean, seen.Mean!.Value, tolerance: 1e-9);
        Assert.Equal(p95, seen.P95!.Value, tolerance: 1e-9);
        Assert.Equal(max, seen.Max);
    }
}
