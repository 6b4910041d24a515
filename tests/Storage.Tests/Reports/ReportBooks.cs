using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Storage.Tests.Reports;

/// <summary>Books on SQLite into which requests, deadlines and resources are written as a test needs them.</summary>
internal sealed class ReportBooks : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
    private readonly ServiceProvider _services;

    private ReportBooks() =>
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(_folder)
            .BuildServiceProvider();

    public static async Task<ReportBooks> OpenAsync()
    {
        var books = new ReportBooks();
        await books.Get<IBooksOpening>().OpenAsync(CancellationToken.None);
        return books;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<T> ReadAsync<T>(Func<ITransaction, CancellationToken, Task<T>> work) =>
        Get<IBooks>().ReadAsync(work, CancellationToken.None);

    public Task KeepAsync(Func<ITransaction, CancellationToken, Task> work) =>
        Get<IBooks>()
            .KeepAsync(
                Origin.Platform,
                async (transaction, token) =>
                {
                    await work(transaction, token);
                    return Done.Now;
                },
                CancellationToken.None
            );

    public Task RequestAsync(long id, string type = "Provision") =>
        RunAsync(
            """
            insert into request (id, type, state, tenant, region, system, reason, lines, order_standing, disputed,
                created_at, version)
            values (@id, @type, 'Submitted', 'tenant-a', '430000', 'sys-a', '', '[]', 'None', false, 0, 1)
            """,
            new { id, type }
        );

    /// <summary>A deadline that started long ago; instants are those of China.</summary>
    public Task DeadlineAsync(
        long request,
        string step,
        string due,
        string? closed,
        string started = "2026-08-01T09:00:00"
    ) =>
        RunAsync(
            """
            insert into request_deadline (request, ordinal, step, started_at, due_at, closed_at)
            values (@request, (select count(*) from request_deadline where request = @request), @step, @started, @due,
                @closed)
            """,
            new
            {
                request,
                step,
                started = Milliseconds(started),
                due = Milliseconds(due),
                closed = closed is null ? (long?)null : Milliseconds(closed),
            }
        );

    public Task StepAsync(long request, string action, string at) =>
        RunAsync(
            """
            insert into request_history (request, ordinal, at, account, action)
            values (@request, (select count(*) from request_history where request = @request), @at, 'x', @action)
            """,
            new
            {
                request,
                action,
                at = Milliseconds(at),
            }
        );

    public Task OrderAsync(long id, string kind, string state, string? ended, string pool = "mock-a") =>
        RunAsync(
            """
            insert into work_order (id, kind, state, request, tenant, system, region, pool, provider, lines, issued_at,
                issued_by, ended_at, completed_lines, is_open)
            values (@id, @kind, @state, 1, 'tenant-a', 'sys-a', '430000', @pool, 'provider-a', '[]', 0, 'x', @ended,
                '[]', false)
            """,
            new
            {
                id,
                kind,
                state,
                pool,
                ended = ended is null ? (long?)null : Milliseconds(ended),
            }
        );

    /// <summary>A resource of work order 1, by default of request 1.</summary>
    public Task ResourceAsync(
        string kind,
        string? start,
        string? end,
        string spec = """{"vcpus":4,"memoryGiB":16}""",
        string pool = "mock-a",
        long request = 1
    ) =>
        RunAsync(
            """
            insert into resource (id, kind, tenant, system, region, pool, provider, item, spec, state, request, line,
                work_order, addresses, created_at, service_start, service_end)
            values ((select count(*) + 1 from resource), @kind, 'tenant-a', 'sys-a', '430000', @pool, 'provider-a',
                'item', @spec, 'InService', @request, 1, 1, '[]', 0, @start, @end)
            """,
            new
            {
                kind,
                pool,
                spec,
                request,
                start = Day(start),
                end = Day(end),
            }
        );

    /// <summary>The end of a resource on mock-a, as a request's confirmation brought it about.</summary>
    public Task EndAsync(long resource, long by, string on) =>
        RunAsync(
            """
            insert into service_interval (tenant, provider, resource, ordinal, system, region, pool, item, from_day,
                until_day, started_by, ended_by, ended_on, changed_at)
            values ('tenant-a', 'provider-a', @resource, 1, 'sys-a', '430000', 'mock-a', 'item', @on, @on, 1, @by, @on, 0)
            """,
            new
            {
                resource,
                by,
                on = Day(on),
            }
        );

    public static long Milliseconds(string local) => DateTimeOffset.Parse($"{local}+08:00").ToUnixTimeMilliseconds();

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text);

    private Task RunAsync(string sql, object values) =>
        KeepAsync((transaction, token) => transaction.ExecuteAsync(sql, values, token));
}
