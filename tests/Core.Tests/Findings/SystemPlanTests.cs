using CloudManager.Core.Findings;
using CloudManager.Core.Findings.SizePlans;
using CsCheck;

namespace CloudManager.Core.Tests.Findings;

/// <summary>The plan that saves most with fewest changes (art. 22).</summary>
public sealed class SystemPlanTests
{
    [Fact]
    public void Art22_The_largest_saving_comes_first_with_a_running_total()
    {
        var plan = Plan(100m, 500m, null, 20m, -70m, 30m);

        Assert.Equal([2, 1, 6, 4, 3], plan.Changes.Select(c => (int)c.Resource.Id.Number));
        Assert.Equal([500m, 600m, 630m, 650m, null], plan.Changes.Select(c => c.RunningTotal));
        Assert.Equal(650m, plan.Saving);
        Assert.Equal([5], plan.Growth.Select(c => (int)c.Resource.Id.Number));
    }

    [Fact]
    public void Art22_Enough_are_the_fewest_changes_that_reach_nine_tenths()
    {
        Assert.Equal(2, Plan(100m, 500m, 20m, 30m).Enough);
        Assert.Equal(1, Plan(900m, 100m).Enough);
        Assert.Equal(2, Plan(899.99m, 100.01m).Enough);
        Assert.Equal(0, Plan(null, -5m).Enough);
        Assert.Equal(0, Plan().Enough);
    }

    [Fact]
    public void Art22_No_other_changes_so_few_save_as_much() =>
        Gen.Int[0, 500]
            .Array[1, 8]
            .Sample(fen =>
            {
                var plan = Plan([.. fen.Select(f => (decimal?)f / 100)]);
                var enough = plan.Enough;
                var fewer = Subsets(fen).Where(s => s.Length < enough).Select(s => s.Sum() / 100m).Append(0m).Max();
                return plan.Saving == 0 ? enough == 0 : fewer < SystemPlan.EnoughShare * plan.Saving;
            });

    private static IEnumerable<int[]> Subsets(int[] values) =>
        Enumerable.Range(0, 1 << values.Length).Select(m => values.Where((_, i) => (m & (1 << i)) != 0).ToArray());

    private static SystemPlan Plan(params decimal?[] savings)
    {
        var (changes, growth) = SystemPlan.Sort(
            savings.Select(
                (yuan, i) =>
                    new PlannedChange(
                        SizeDesk.Server(i + 1, 4, 8),
                        PlannedAction.Resize,
                        new Recommendation(null, yuan, []),
                        null
                    )
            )
        );
        return new()
        {
            System = "hr-portal",
            From = SizeDesk.Today.AddDays(-28),
            Until = SizeDesk.Today,
            Changes = changes,
            Growth = growth,
            LeftOut = [],
        };
    }
}
