using CloudManager.Core.Kernel;
using CloudManager.Tests.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Quartz;

namespace CloudManager.Scheduler.Tests;

/// <summary>What Quartz keeps beside the books, over restarts, changes of the schedule and several processes.</summary>
public sealed class StoredScheduleTests : IDisposable
{
    private const string Monthly = "0 0 2 1 * ?";

    public StoredScheduleTests() => Firings.Forget();

    public void Dispose() => Firings.Forget();

    [Theory, OnBoth]
    public async Task A_restart_keeps_when_a_job_is_due(Database on)
    {
        await using var database = await TestDatabase.CreateAsync(on);
        await using (var first = await Node.StartAsync(database, Job<CountingJob>("close-month", Monthly)))
        {
            // Somebody's earlier firing: due in the year 2040, by no cron expression of today.
            await MoveAsync(database, "close-month", new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        }

        await using var again = await Node.StartAsync(database, Job<CountingJob>("close-month", Monthly));

        Assert.Equal(2040, (await again.DueAsync("close-month"))?.Year);
    }

    [Theory, OnBoth]
    public async Task Firings_missed_while_no_process_ran_are_made_up_for_by_one(Database on)
    {
        await using var database = await TestDatabase.CreateAsync(on);
        await using (await Node.StartAsync(database, Job<CountingJob>("close-month", Monthly)))
        {
            await MoveAsync(database, "close-month", TimeProvider.System.GetUtcNow().AddDays(-95));
        }

        await using var again = await Node.StartAsync(database, Job<CountingJob>("close-month", Monthly));
        await Firings.WaitAsync(1);
        await again.DisposeAsync();

        Assert.Equal(1, Firings.Count);
    }

    [Theory, OnBoth]
    public async Task Another_time_in_the_schedule_replaces_the_stored_one(Database on)
    {
        await using var database = await TestDatabase.CreateAsync(on);
        await using (await Node.StartAsync(database, Job<CountingJob>("close-month", Monthly))) { }

        await using var again = await Node.StartAsync(database, Job<CountingJob>("close-month", "0 30 4 5 * ?"));

        var due = China.Local((await again.DueAsync("close-month"))!.Value);
        Assert.Equal((5, 4, 30), (due.Day, due.Hour, due.Minute));
    }

    [Theory, OnBoth]
    public async Task What_was_missed_before_the_time_changed_is_still_made_up_for(Database on)
    {
        await using var database = await TestDatabase.CreateAsync(on);
        await using (await Node.StartAsync(database, Job<CountingJob>("close-month", Monthly)))
        {
            await MoveAsync(database, "close-month", TimeProvider.System.GetUtcNow().AddDays(-65));
        }

        await using var again = await Node.StartAsync(database, Job<CountingJob>("close-month", "0 30 4 5 * ?"));

        await Firings.WaitAsync(1);
    }

    [Theory, OnBoth]
    public async Task Another_class_in_the_schedule_replaces_one_that_is_gone(Database on)
    {
        await using var database = await TestDatabase.CreateAsync(on);
        await using (await Node.StartAsync(database, Job<CountingJob>("collect", Monthly))) { }
        await ExecuteAsync(database, "update qrtz_job_details set job_class_name = 'CloudManager.Gone, Gone'");

        await using var again = await Node.StartAsync(database, Job<CountingJob>("collect", Monthly));
        await again.TriggerAsync("collect");

        await Firings.WaitAsync(1);
    }

    [Theory, OnBoth]
    public async Task A_job_that_left_the_schedule_leaves_the_store(Database on)
    {
        await using var database = await TestDatabase.CreateAsync(on);
        await using (
            await Node.StartAsync(
                database,
                Job<CountingJob>("collect", Monthly),
                Job<CountingJob>("old-job", "* * * * * ?")
            )
        ) { }
        await ExecuteAsync(
            database,
            "update qrtz_job_details set job_class_name = 'CloudManager.Gone, Gone' where job_name = 'old-job'"
        );

        await using var again = await Node.StartAsync(database, Job<CountingJob>("collect", Monthly));

        Assert.Equal(["collect"], await again.JobsAsync());
    }

    [Fact]
    public async Task The_books_stay_in_the_journal_mode_they_were_opened_in()
    {
        await using var database = await TestDatabase.CreateAsync(Database.Sqlite);
        await using var node = await Node.StartAsync(database, Job<CountingJob>("collect", "* * * * * ?"));
        await Firings.WaitAsync(1);

        await using var connection = new SqliteConnection(node.ConnectionString);
        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("pragma journal_mode"));
    }

    [Fact]
    public async Task Two_processes_on_PostgreSQL_run_each_firing_once()
    {
        Assert.SkipWhen(TestDatabase.WhyNoPostgres is not null, TestDatabase.WhyNoPostgres ?? "");
        await using var database = await TestDatabase.CreateAsync(Database.Postgres);
        var job = Job<CountingJob>("collect", "* * * * * ?");
        // Started at once, so that both find the store without its tables.
        var nodes = await Task.WhenAll(Node.StartAsync(database, job), Node.StartAsync(database, job));
        await Firings.WaitAsync(6);
        await Task.WhenAll(nodes.Select(n => n.DisposeAsync().AsTask()));

        Assert.Equal(2, nodes.Select(n => n.InstanceId).Distinct().Count());
        Assert.True(
            Firings.Count == Firings.ScheduledTimes.Distinct().Count(),
            string.Join(", ", Firings.ScheduledTimes.Select(t => $"{t:mm:ss.fff}"))
        );
    }

    private static ScheduledJob Job<TJob>(string name, string cron)
        where TJob : IJob =>
        new()
        {
            Name = name,
            Cron = cron,
            Purpose = ("测试", "for testing"),
            Work = typeof(object),
            JobType = typeof(TJob),
        };

    private static Task MoveAsync(TestDatabase database, string job, DateTimeOffset due) =>
        ExecuteAsync(
            database,
            "update qrtz_triggers set next_fire_time = @ticks where trigger_name = @job",
            new { ticks = due.UtcTicks, job }
        );

    private static async Task ExecuteAsync(TestDatabase database, string sql, object? values = null)
    {
        await using var connection = Node.Address(database).Provider.CreateConnection()!;
        connection.ConnectionString = Node.Address(database).ConnectionString;
        Assert.NotEqual(0, await connection.ExecuteAsync(sql, values));
    }
}
