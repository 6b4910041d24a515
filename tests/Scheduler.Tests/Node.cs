using CloudManager.Core.Kernel;
using CloudManager.Storage;
using CloudManager.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace CloudManager.Scheduler.Tests;

/// <summary>What runs the schedule in one process of the platform.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _isEnded;

    private Node(IHost host, string connectionString)
    {
        _host = host;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public string InstanceId { get; private set; } = "";

    public static BooksAddress Address(TestDatabase database) =>
        BooksAddress.Of(database.Folder, database.ConnectionString);

    public static async Task<Node> StartAsync(TestDatabase database, params ScheduledJob[] jobs)
    {
        var address = Address(database);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder
            .Services.AddSingleton(TimeProvider.System)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(database.Folder, address)
            .AddSchedule(new ScheduleStore(address.Provider, address.ConnectionString, address.IsShared), jobs);
        var host = builder.Build();
        await host.Services.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);
        await host.StartAsync();
        var node = new Node(host, address.ConnectionString);
        node.InstanceId = await (await node.SchedulerAsync()).GetSchedulerInstanceId(CancellationToken.None);
        return node;
    }

    public async Task<DateTimeOffset?> DueAsync(string job)
    {
        var trigger = await (await SchedulerAsync()).GetTrigger(new TriggerKey(job), CancellationToken.None);
        return trigger?.NextFireTimeUtc;
    }

    public async Task<IEnumerable<string>> JobsAsync()
    {
        var keys = await (await SchedulerAsync()).GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), CancellationToken.None);
        return keys.Select(k => k.Name).Order(StringComparer.Ordinal);
    }

    public async Task TriggerAsync(string job) =>
        await (await SchedulerAsync()).TriggerJob(new JobKey(job), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            await _host.StopAsync();
            _host.Dispose();
        }
    }

    private ValueTask<IScheduler> SchedulerAsync() =>
        _host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(CancellationToken.None);
}

/// <summary>What the counting jobs of all nodes did.</summary>
internal static class Firings
{
    private static readonly List<DateTimeOffset> Times = [];

    public static int Count => ScheduledTimes.Count;

    public static IReadOnlyList<DateTimeOffset> ScheduledTimes
    {
        get
        {
            lock (Times)
            {
                return [.. Times];
            }
        }
    }

    public static void Note(DateTimeOffset scheduled)
    {
        lock (Times)
        {
            Times.Add(scheduled);
        }
    }

    public static void Forget()
    {
        lock (Times)
        {
            Times.Clear();
        }
    }

    public static async Task WaitAsync(int count)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (Count < count)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"fired {Count} times, not {count}");
            await Task.Delay(50);
        }
    }
}

/// <summary>Notes each firing by the time it was due.</summary>
internal sealed class CountingJob : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        Firings.Note(context.ScheduledFireTimeUtc ?? context.FireTimeUtc);
        return ValueTask.CompletedTask;
    }
}
