using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Tests.Metering;

public sealed class ReadSeriesTests
{
    private static readonly DateTimeOffset From = new(2026, 9, 1, 0, 0, 0, China.Offset);
    private static readonly long First = Slots.Of(From);

    [Fact]
    public async Task A_point_is_the_mean_and_the_maximum_of_percent_and_the_sum_of_bytes()
    {
        var points = await ReadAsync(
            TimeSpan.FromMinutes(10),
            TimeSpan.FromMinutes(30),
            new SampleRow(new(1), First, 1.5f, 20, null, 100, 1),
            new SampleRow(new(1), First + 1, 2.5f, null, null, 200, 2),
            new SampleRow(new(1), First + 4, 6.763f, null, null, null, null)
        );

        Assert.Equal(
            [
                new SeriesPoint
                {
                    At = From,
                    Cpu = 2,
                    CpuMax = 2.5,
                    CpuMin = 1.5,
                    Memory = 20,
                    MemoryMax = 20,
                    MemoryMin = 20,
                    NetworkInBytes = 300,
                    NetworkOutBytes = 3,
                },
                new SeriesPoint { At = From.AddMinutes(10) },
                new SeriesPoint
                {
                    At = From.AddMinutes(20),
                    Cpu = 6.763,
                    CpuMax = 6.763,
                    CpuMin = 6.763,
                },
            ],
            points
        );
    }

    [Theory]
    [InlineData("the last step is cut short", 10, 25, 3)]
    [InlineData("a step longer than the range", 60, 25, 1)]
    [InlineData("one slot", 5, 5, 1)]
    [InlineData("a range within a slot", 5, 2, 1)]
    public async Task Every_step_has_a_point(string because, int step, int minutes, int points)
    {
        var read = await ReadAsync(TimeSpan.FromMinutes(step), TimeSpan.FromMinutes(minutes));
        Assert.True(points == read.Count, because);
    }

    [Fact]
    public async Task A_range_that_begins_within_a_slot_leaves_that_slot_out()
    {
        var store = new Rows([
            new SampleRow(new(1), First, 1, null, null, null, null),
            new SampleRow(new(1), First + 1, 2, null, null, null, null),
        ]);
        var query = new SeriesQuery(new(1), From.AddMinutes(1), From.AddMinutes(11), TimeSpan.FromMinutes(5));

        var points = await new ReadSeries(store).ExecuteAsync(query, CancellationToken.None);

        Assert.Equal([2d, null], points.Select(p => p.Cpu));
    }

    [Theory]
    [InlineData("nothing", 0, 60, "step")]
    [InlineData("no whole slot", 7, 60, "step")]
    [InlineData("backwards", -5, 60, "step")]
    [InlineData("no range", 5, 0, "until")]
    [InlineData("a range backwards", 5, -60, "until")]
    [InlineData("more than 400 days", 1_440, (400 * 1_440) + 1, "until")]
    [InlineData("10,001 points", 5, 50_001, "step")]
    public void What_cannot_be_read_is_refused_by_name(string because, int step, int minutes, string field)
    {
        var query = new SeriesQuery(new(1), From, From.AddMinutes(minutes), TimeSpan.FromMinutes(step));
        Assert.True(field == Assert.Single(query.Refusal!.Faults).Path, because);
    }

    [Fact]
    public void The_most_that_can_be_read_is_not_refused()
    {
        Assert.Null(new SeriesQuery(new(1), From, From.AddMinutes(50_000), TimeSpan.FromMinutes(5)).Refusal);
        Assert.Null(new SeriesQuery(new(1), From, From.AddDays(400), TimeSpan.FromHours(1)).Refusal);
    }

    private static Task<IReadOnlyList<SeriesPoint>> ReadAsync(TimeSpan step, TimeSpan range, params SampleRow[] rows) =>
        new ReadSeries(new Rows(rows)).ExecuteAsync(
            new SeriesQuery(new(1), From, From + range, step),
            CancellationToken.None
        );

    /// <summary>A store of these rows.</summary>
    private sealed class Rows(IReadOnlyList<SampleRow> rows) : ISampleStore
    {
        public Task<IReadOnlyList<SampleRow>> ReadAsync(
            ResourceId resource,
            SlotRange slots,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult<IReadOnlyList<SampleRow>>([
                .. rows.Where(r => r.Resource == resource && slots.Contains(r.Slot)),
            ]);

        public Task<SampleMark?> MarkAsync(PoolId pool, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<HeldSlot>> HeldAsync(
            (ResourceId First, ResourceId Last) resources,
            SlotRange slots,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<bool> SaveAsync(SampleChunk chunk, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<SetAsideCount>> SetAsideAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
