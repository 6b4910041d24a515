using CloudManager.Adapters.Sdk;
using CloudManager.Core.Metering;

namespace CloudManager.Core.Tests.Metering;

public sealed class SampleIntakeTests
{
    private static readonly SlotRange Range = new(1_000, 1_010);
    private readonly SampleIntake _intake = new([
        new(new(1), new NativeId("a"), Slots.Start(0)),
        new(new(2), new NativeId("b"), Slots.Start(1_005)),
    ]);

    public SampleIntakeTests() => _intake.Begin(Range);

    [Theory]
    [InlineData("the processor at rest", Metric.Cpu, 0f, null)]
    [InlineData("four cores' worth", Metric.Cpu, 400f, null)]
    [InlineData("more than that", Metric.Cpu, 400.01f, SetAsideReason.TooLarge)]
    [InlineData("4,000 %", Metric.Cpu, 4_000f, SetAsideReason.TooLarge)]
    [InlineData("memory beyond what was allocated", Metric.Memory, 200f, null)]
    [InlineData("far beyond", Metric.Memory, 200.1f, SetAsideReason.TooLarge)]
    [InlineData("a disk far beyond", Metric.Disk, 201f, SetAsideReason.TooLarge)]
    [InlineData("below nothing", Metric.Disk, -0.1f, SetAsideReason.Negative)]
    [InlineData("many bytes", Metric.NetworkIn, 1e15f, null)]
    [InlineData("bytes taken back", Metric.NetworkOut, -1f, SetAsideReason.Negative)]
    [InlineData("no number", Metric.Cpu, float.NaN, SetAsideReason.NotANumber)]
    [InlineData("no number of bytes", Metric.NetworkIn, float.NaN, SetAsideReason.NotANumber)]
    [InlineData("without end", Metric.Memory, float.PositiveInfinity, SetAsideReason.Infinite)]
    [InlineData("without beginning", Metric.Memory, float.NegativeInfinity, SetAsideReason.Infinite)]
    public void Tells_what_can_be_from_what_cannot(
        string because,
        Metric metric,
        float value,
        SetAsideReason? reason
    ) => Assert.True(reason == SampleRules.Fault(metric, value), because);

    [Fact]
    public void The_first_row_with_a_value_is_taken_and_the_rest_is_not_counted()
    {
        _intake.Take(Sample("a", 1_003, null));
        _intake.Take(Sample("a", 1_003, 4_000));
        _intake.Take(Sample("a", 1_003, 5));
        _intake.Take(Sample("a", 1_003, 6));
        _intake.Take(Sample("a", 1_003, -6));

        var row = Assert.Single(_intake.Rows.ToArray());
        Assert.Equal((1, 1_003, 5f), (row.Resource.Number, row.Slot, row.Cpu));
        Assert.Equal(SetAsideReason.TooLarge, Assert.Single(_intake.SetAside).Reason);
    }

    [Fact]
    public void What_is_stored_is_not_taken_again()
    {
        _intake.Hold(new(new(1), 1_003));
        _intake.Hold(new(new(9), 1_004));
        _intake.Hold(new(new(1), 2_000));

        _intake.Take(Sample("a", 1_003, 5));
        _intake.Take(Sample("a", 1_004, 5));

        Assert.Equal(1_004, Assert.Single(_intake.Rows.ToArray()).Slot);
    }

    [Fact]
    public void Nothing_is_taken_from_before_a_server_was_ordered()
    {
        _intake.Take(Sample("b", 1_004, 5));
        _intake.Take(Sample("b", 1_005, 5));

        Assert.Equal(1_005, Assert.Single(_intake.Rows.ToArray()).Slot);
        Assert.Empty(_intake.SetAside);
    }

    [Fact]
    public void Each_range_begins_with_nothing_taken()
    {
        _intake.Take(Sample("a", 1_003, 5));
        _intake.Take(Sample("c", 1_003, 5));

        _intake.Begin(new(1_003, 1_004));
        Assert.True(_intake.Rows.IsEmpty);
        Assert.Empty(_intake.SetAside);
        _intake.Take(Sample("a", 1_003, 7));
        _intake.Take(Sample("a", 1_004, 7));

        Assert.Equal(7, Assert.Single(_intake.Rows.ToArray()).Cpu);
        Assert.Equal(SetAsideReason.OutsideRange, Assert.Single(_intake.SetAside).Reason);
    }

    [Theory]
    [InlineData("an unknown server", "c", 0, SetAsideReason.UnknownServer)]
    [InlineData("a second late", "a", 1, SetAsideReason.OffSlot)]
    [InlineData("the slot after the last", "a", 300 * 7, SetAsideReason.OutsideRange)]
    [InlineData("the slot before the first", "a", 300 * -4, SetAsideReason.OutsideRange)]
    public void A_sample_nobody_asked_for_is_set_aside_whole(
        string because,
        string name,
        int late,
        SetAsideReason reason
    )
    {
        var at = Slots.Start(1_003).AddSeconds(late);
        _intake.Take(new UsageSample(new NativeId(name), at, 5, 5, null, null, null));

        Assert.True(new SetAside(name, at, null, reason) == Assert.Single(_intake.SetAside), because);
        Assert.True(_intake.Rows.IsEmpty);
    }

    private static UsageSample Sample(string server, long slot, float? cpu) =>
        new(new NativeId(server), Slots.Start(slot), cpu, null, null, null, null);
}
