using CloudManager.Core.Kernel;
using CsCheck;

namespace CloudManager.Scheduler.Tests;

/// <summary>The due instants that an advance comes through.</summary>
public sealed class CourseTests
{
    private static readonly ScheduledJob Collect = Job("collect", "0 0/5 * * * ?") with { IsGathered = true };
    private static readonly ScheduledJob Ends = Job("ends", "0 5 0 * * ?");
    private static readonly ScheduledJob Close = Job("close", "0 0 2 1 * ?");
    private static readonly ScheduledJob Report = Job("report", "0 0 2 1 * ?");
    private static readonly ScheduledJob[] Jobs = [Collect, Ends, Close, Report];

    [Fact]
    public void Jobs_look_in_order_of_time_and_those_of_one_instant_in_the_order_of_the_schedule() =>
        Assert.Equal(
            [
                "collect 09-01 00:05",
                "ends 09-01 00:05",
                "collect 09-01 02:00",
                "close 09-01 02:00",
                "report 09-01 02:00",
                "collect 09-01 10:00",
            ],
            Through("2026-09-01T00:00:00+08:00", "2026-09-01T10:03:00+08:00")
        );

    [Fact]
    public void The_start_is_left_out_and_the_end_is_in() =>
        Assert.Equal(
            ["collect 09-03 00:05", "ends 09-03 00:05"],
            Through("2026-09-02T00:05:00+08:00", "2026-09-03T00:05:00+08:00")
        );

    [Fact]
    public void Nothing_due_is_an_empty_course() =>
        Assert.Empty(Through("2026-09-01T10:00:00+08:00", "2026-09-01T10:04:59+08:00"));

    [Fact]
    public void The_jobs_of_a_range_are_those_of_its_parts_but_for_what_is_gathered() =>
        Gen.Select(Gen.Int[1, 90_000], Gen.Int[1, 90_000])
            .Sample(
                (first, second) =>
                {
                    var from = DateTimeOffset.Parse("2026-01-31T23:00:00+08:00");
                    var middle = from.AddMinutes(first);
                    var to = middle.AddMinutes(second);
                    var whole = Others(from, to);
                    var parts = Others(from, middle).Concat(Others(middle, to));
                    return whole.SequenceEqual(parts);
                },
                iter: 200
            );

    [Fact]
    public void Every_job_of_the_schedule_has_a_next_time_on_a_collection() =>
        Assert.All(
            Schedule.Jobs,
            job =>
            {
                var next = job.NextAfter(DateTimeOffset.Parse("2026-09-01T10:00:00+08:00"));
                Assert.Equal(0, next!.Value.Minute % 5);
                Assert.Equal(0, next.Value.Second);
            }
        );

    private static IReadOnlyList<string> Others(DateTimeOffset from, DateTimeOffset to) =>
        [.. All(from, to).Where(d => !d.Job.IsGathered).Select(d => $"{d.Job.Name} {d.At:o}")];

    private static IReadOnlyList<string> Through(string from, string to) =>
        [
            .. All(DateTimeOffset.Parse(from), DateTimeOffset.Parse(to))
                .Select(d => $"{d.Job.Name} {China.Local(d.At):MM-dd HH:mm}"),
        ];

    private static IEnumerable<Due> All(DateTimeOffset from, DateTimeOffset to)
    {
        var course = new Course(Jobs, from, to);
        while (course.Next() is { } due)
        {
            yield return due;
        }
    }

    private static ScheduledJob Job(string name, string cron) =>
        new()
        {
            Name = name,
            Cron = cron,
            Purpose = (name, name),
            Work = typeof(object),
        };
}
