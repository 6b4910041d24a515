using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Resources;
using static CloudManager.Core.Tests.Billing.Terms;

namespace CloudManager.Core.Tests.Billing;

/// <summary>How confirmations make a resource's history (art. 40).</summary>
public sealed class ServiceHistoryTests
{
    [Fact]
    public void Art40_A_delivery_runs_until_it_is_changed_or_ended()
    {
        var history = Serve([], 2, "2026-09-12", by: 1);
        Assert.Equal(["1: 2 from 09-12 to … by 1-"], Shown(history));

        history = Serve(history, 4, "2026-10-05", by: 2);
        Assert.Equal(["1: 2 from 09-12 to 10-05 by 1-2", "2: 4 from 10-05 to … by 2-"], Shown(history));

        history = ServiceHistory.End(history, Confirmed("2026-11-20", by: 3));
        Assert.Equal(["1: 2 from 09-12 to 10-05 by 1-2", "2: 4 from 10-05 to 11-20 by 2-3"], Shown(history));
    }

    [Fact]
    public void Art40_A_completion_day_decided_anew_moves_the_days_on_both_sides()
    {
        var history = Serve(Serve([], 2, "2026-09-12", by: 1), 4, "2026-10-05", by: 2);

        Assert.Equal("1: 2 from 09-15 to 10-05 by 1-2", Shown(Serve(history, 2, "2026-09-15", by: 1)).First());
        Assert.Equal(
            ["1: 2 from 09-12 to 10-08 by 1-2", "2: 4 from 10-08 to … by 2-"],
            Shown(Serve(history, 4, "2026-10-08", by: 2))
        );
    }

    [Fact]
    public void Art40_Of_several_on_one_day_the_last_counts()
    {
        var history = Serve(Serve([], 2, "2026-09-12", by: 1), 4, "2026-10-05", by: 2);
        history = Serve(history, 8, "2026-10-05", by: 3);

        Assert.Equal(
            ["1: 2 from 09-12 to 10-05 by 1-2", "2: 4 from 10-05 to 10-05 by 2-3", "3: 8 from 10-05 to … by 3-"],
            Shown(history)
        );
    }

    [Fact]
    public void Art40_An_earlier_day_confirmed_later_counts_between()
    {
        var history = Serve(Serve([], 2, "2026-09-12", by: 1), 8, "2026-10-20", by: 3);
        history = Serve(history, 4, "2026-10-05", by: 2);

        Assert.Equal(
            ["1: 2 from 09-12 to 10-05 by 1-2", "2: 8 from 10-20 to … by 3-", "3: 4 from 10-05 to 10-20 by 2-3"],
            Shown(history)
        );
    }

    [Fact]
    public void Art40_An_end_on_the_first_day_is_0_days_and_an_end_decided_anew_moves()
    {
        var ended = ServiceHistory.End(Serve([], 2, "2026-09-12", by: 1), Confirmed("2026-09-12", by: 5));
        Assert.Equal(["1: 2 from 09-12 to 09-12 by 1-5"], Shown(ended));

        Assert.Equal(
            ["1: 2 from 09-12 to 09-30 by 1-5"],
            Shown(ServiceHistory.End(ended, Confirmed("2026-09-30", by: 5)))
        );
        Assert.Equal(
            "1: 2 from 09-20 to 09-30 by 1-5",
            Shown(Serve(ServiceHistory.End(ended, Confirmed("2026-09-30", by: 5)), 2, "2026-09-20", by: 1)).Single()
        );
    }

    [Fact]
    public void Art40_Nothing_is_served_beyond_the_end_even_if_a_later_change_was_confirmed()
    {
        var changed = Serve(Serve([], 2, "2026-09-12", by: 1), 4, "2026-10-05", by: 2);

        var ended = ServiceHistory.End(changed, Confirmed("2026-09-30", by: 5));

        Assert.Equal(["1: 2 from 09-12 to 09-30 by 1-5", "2: 4 from 10-05 to 10-05 by 2-5"], Shown(ended));
        Assert.Equal(
            ["1: 2 from 09-12 to 09-25 by 1-2", "2: 4 from 09-25 to 09-30 by 2-5"],
            Shown(Serve(ended, 4, "2026-09-25", by: 2))
        );
    }

    [Fact]
    public void Art40_A_day_agreed_later_moves_the_day_and_keeps_the_size_that_was_confirmed()
    {
        var history = Serve(Serve([], 2, "2026-09-12", by: 1), 4, "2026-10-05", by: 2);

        // By now the server has 8 cores; the first request is said again for another day.
        Assert.Equal("1: 2 from 09-15 to 10-05 by 1-2", Shown(Serve(history, 8, "2026-09-15", by: 1)).First());
        Assert.Equal("2: 4 from 10-08 to … by 2-", Shown(Serve(history, 8, "2026-10-08", by: 2)).Last());
    }

    [Fact]
    public void Art40_An_end_confirmed_before_a_start_that_is_decided_later_keeps_its_own_day()
    {
        var ended = ServiceHistory.End(Serve([], 2, "2026-09-12", by: 1), Confirmed("2026-09-20", by: 5));

        var late = Serve(ended, 2, "2026-09-25", by: 1);
        Assert.Equal(["1: 2 from 09-25 to 09-25 by 1-5"], Shown(late));

        // Decided once more, for a day before the end: the end is still the 20th, not the 25th.
        Assert.Equal(["1: 2 from 09-14 to 09-20 by 1-5"], Shown(Serve(late, 2, "2026-09-14", by: 1)));
    }

    [Theory]
    [InlineData("nothing said anew", 2, "2026-09-12", null)]
    [InlineData("a later start", 2, "2026-09-20", "2026-09-12")]
    [InlineData("an earlier start", 2, "2026-08-20", "2026-08-20")]
    [InlineData("the size of a word said again does not count", 4, "2026-09-12", null)]
    public void The_earliest_day_that_differs_is_found(string because, int size, string day, string? differs)
    {
        var before = Serve([], 2, "2026-09-12", by: 1);

        var found = ServiceHistory.Differ(before, Serve(before, size, day, by: 1));

        Assert.True((differs is null ? null : Day(differs)) == found, $"{because}: {found}");
    }

    [Fact]
    public void A_systems_disk_of_a_server_that_names_none_is_40_GiB()
    {
        Assert.Equal(40, Quantities.Of(new Spec { Vcpus = 2 }, ItemKind.Server).Of("storage"));
        Assert.Equal(0, Quantities.Of(new Spec(), ItemKind.Manual).Of("storage"));
        Assert.Equal(1, Quantities.Of(new Spec(), ItemKind.Manual).Of("instance"));
    }

    private static IReadOnlyList<ServiceInterval> Serve(
        IReadOnlyList<ServiceInterval> history,
        int vcpus,
        string day,
        long by
    ) => ServiceHistory.Serve(history, Server(vcpus), Confirmed(day, by));

    private static ConfirmedDay Confirmed(string day, long by) => new(Day(day), new(by));

    private static IEnumerable<string> Shown(IEnumerable<ServiceInterval> history) =>
        history.Select(i =>
            $"{i.Ordinal}: {i.Quantities.Vcpus} from {i.From:MM-dd} to {i.Until?.ToString("MM-dd") ?? "…"} "
            + $"by {i.StartedBy.Number}-{i.EndedBy?.Number}"
        );

    private static Resource Server(int vcpus) =>
        new()
        {
            Id = new(7),
            Kind = ItemKind.Server,
            Tenant = "tenant-a",
            System = "hr-portal",
            Region = "430000",
            Pool = new("mock-a"),
            Provider = "provider-a",
            Item = "ecs",
            Spec = new Spec { Vcpus = vcpus, MemoryGiB = 4 },
            State = ResourceState.InService,
            Request = new(1),
            Line = 1,
            WorkOrder = new(1),
            CreatedAt = default,
        };
}
