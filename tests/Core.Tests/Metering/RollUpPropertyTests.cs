using CloudManager.Core.Catalogue;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;
using CsCheck;

namespace CloudManager.Core.Tests.Metering;

/// <summary>Roll-ups of parts equal the whole, whatever the servers and however they are parted.</summary>
public sealed class RollUpPropertyTests
{
    private static readonly DateOnly Day = new(2026, 9, 1);

    private static readonly Gen<MetricUse> Uses = Gen.Select(
        Gen.Int[0, Slots.PerDay],
        Gen.Double[0, 100],
        Gen.Int[0, 100],
        (measured, mean, share) =>
            measured == 0
                ? MetricUse.None
                : new MetricUse(measured, mean, mean, mean)
                {
                    P99 = mean,
                    Above = measured * share / 100,
                    Below = measured * (100 - share) / 200,
                }
    );

    private static readonly Gen<Server> Servers = Gen.Select(Gen.Int[1, 64], Gen.Int[1, 256], Uses, Uses, Gen.Int[0, 3])
        .Select((vcpus, memory, cpu, held, part) => new Server(vcpus, memory, cpu, held, part));

    [Fact]
    public void Counts_and_hours_of_parts_add_up_to_those_of_the_whole() =>
        Servers
            .Array[1, 30]
            .Sample(servers =>
            {
                var whole = Of(servers);
                var parts = servers.GroupBy(s => s.Part).Select(Of).ToList();
                Assert.Equal(whole.Resources, parts.Sum(p => p.Resources));
                Assert.Equal(whole.LeftOut, parts.Sum(p => p.LeftOut));
                Assert.Equal(whole.LeftOutVcpus, parts.Sum(p => p.LeftOutVcpus));
                Assert.Equal(whole.Vcpus, parts.Sum(p => p.Vcpus));
                Assert.Equal(whole.MemoryGiB, parts.Sum(p => p.MemoryGiB));
                foreach (
                    var metric in new Func<UtilisationRow, Utilisation>[] { r => r.Cpu, r => r.Memory, r => r.Disk }
                )
                {
                    Assert.Equal(metric(whole).Measured, parts.Sum(p => metric(p).Measured));
                    Assert.Equal(metric(whole).HoursAbove ?? 0, parts.Sum(p => metric(p).HoursAbove ?? 0), 1e-9);
                    Assert.Equal(metric(whole).HoursBelow ?? 0, parts.Sum(p => metric(p).HoursBelow ?? 0), 1e-9);
                    Assert.Equal(metric(whole).Max, parts.Max(p => metric(p).Max));
                }
            });

    [Fact]
    public void The_mean_of_the_whole_is_that_of_its_parts_by_their_weight() =>
        Servers
            .Array[1, 30]
            .Sample(servers =>
            {
                var parts = servers
                    .GroupBy(s => s.Part)
                    .Select(part => (Row: Of(part), Weight: part.Sum(s => (double)s.Vcpus * s.Cpu.Measured)))
                    .Where(part => part.Weight > 0)
                    .ToList();
                var whole = Of(servers).Cpu.Mean;
                Assert.Equal(parts.Count == 0, whole is null);
                if (whole is { } mean)
                {
                    Assert.Equal(
                        parts.Sum(p => p.Row.Cpu.Mean!.Value * p.Weight) / parts.Sum(p => p.Weight),
                        mean,
                        2e-6
                    );
                }
            });

    [Fact]
    public void A_server_nobody_measured_moves_only_counts_and_coverage() =>
        Servers
            .Array[1, 10]
            .Sample(servers =>
            {
                var with = Of([.. servers, new Server(64, 256, MetricUse.None, MetricUse.None, 0)]);
                var without = Of(servers);
                Assert.Equal(without.Cpu with { Coverage = 0 }, with.Cpu with { Coverage = 0 });
                Assert.Equal(without.LeftOut + 1, with.LeftOut);
                Assert.True(with.Cpu.Coverage <= without.Cpu.Coverage);
            });

    private static UtilisationRow Of(IEnumerable<Server> servers)
    {
        var sum = new RollUp();
        foreach (var server in servers)
        {
            sum.Add(server.Resource, server.Use);
        }

        return sum.ToRow();
    }

    private sealed record Server(int Vcpus, int MemoryGiB, MetricUse Cpu, MetricUse Memory, int Part)
    {
        public Resource Resource =>
            new()
            {
                Id = new(1),
                Kind = ItemKind.Server,
                Tenant = "tenant-a",
                System = "hr-portal",
                Region = "430000",
                Pool = new("mock-a"),
                Provider = "provider-a",
                Item = "ecs-general",
                Spec = new() { Vcpus = Vcpus, MemoryGiB = MemoryGiB },
                State = ResourceState.InService,
                Request = new(1),
                Line = 1,
                WorkOrder = new(1),
                CreatedAt = default,
                ServiceStart = Day,
            };

        public ServerUse Use => new(new DayWindow(new(1), Day, Day.AddDays(1)), Cpu, Memory, MetricUse.None);
    }
}
