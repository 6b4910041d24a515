using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>
/// The samples' file, metrics.duckdb, opened when it is first needed. With books that one process keeps (SQLite) it
/// stays open, with one writer and readers beside. DuckDB lets no second process in: with books of several processes
/// (PostgreSQL) it is opened for each use and closed again, under a lock file beside it, so that they take turns.
/// </summary>
internal sealed class MetricsFile(string folder, SqlDialect dialect, MachineClock clock) : IDisposable
{
    private const string MemoryLimit = "2GiB";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    // Rows are never changed and carry no key: what is delivered twice is left out before it is written. A part of the
    // archive without a file is one whose samples were given up; a scale is what whole numbers in the file are to be divided
    // by, null where it holds floats. Sums are in millionths of a percent and thousandths of a byte.
    private const string Schema = """
        create table if not exists sample (
            resource bigint not null, slot bigint not null,
            cpu float, memory float, disk float, net_in float, net_out float);
        create table if not exists mark (pool varchar not null, slot bigint not null, version bigint not null);
        create table if not exists set_aside (
            pool varchar not null, server varchar not null, instant bigint not null,
            metric varchar not null, reason varchar not null);
        create table if not exists archive (
            month varchar not null, first bigint not null, past bigint not null,
            low bigint not null, high bigint not null, file varchar, rows bigint not null,
            cpu integer, memory integer, disk integer, net_in integer, net_out integer);
        create table if not exists daily (
            resource bigint not null, day date not null,
            cpu_count bigint not null, cpu_sum bigint, cpu_max float, cpu_p95 float, cpu_p99 float,
            cpu_below bigint not null, cpu_above bigint not null,
            memory_count bigint not null, memory_sum bigint, memory_max float, memory_p95 float, memory_p99 float,
            memory_below bigint not null, memory_above bigint not null,
            disk_count bigint not null, disk_sum bigint, disk_max float, disk_p95 float, disk_p99 float,
            disk_below bigint not null, disk_above bigint not null,
            net_count bigint not null, net_sum hugeint, net_max double);
        """;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private readonly string _connectionString = new DuckDBConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "metrics.duckdb"),
        ["memory_limit"] = MemoryLimit,
        ["enable_external_file_cache"] = "false",
        ["temp_directory"] = Path.Combine(folder, "metrics.tmp"),
    }.ConnectionString;
    private DuckDBConnection? _open;
    private bool _disposed;
    private int _readers;

    /// <summary>Where the files of closed months are.</summary>
    public string ArchiveFolder { get; } = Path.Combine(folder, "metrics");

    /// <summary>Reads beside other readers and the writer, on what was stored when it began.</summary>
    public Task<T> ReadAsync<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
    {
        if (!dialect.IsSingleProcess)
        {
            return AloneAsync(work, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _readers++;
        }

        try
        {
            // In a transaction, so that what several statements see is of one instant.
            using var connection = Join();
            return Task.FromResult(InTransaction(connection, true, (c, _) => work(c)));
        }
        finally
        {
            lock (_gate)
            {
                _readers--;
            }
        }
    }

    /// <summary>Does the work in one transaction, one writer at a time.</summary>
    public Task<T> WriteAsync<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken) =>
        AloneAsync(connection => InTransaction(connection, true, (c, _) => work(c)), cancellationToken);

    /// <summary>
    /// Prepares something on one connection, beside readers and writers where it can, then finishes it on the same one in
    /// a transaction, one writer at a time.
    /// </summary>
    public async Task<T> PrepareAndWriteAsync<TPrepared, T>(
        Func<DuckDBConnection, TPrepared> prepare,
        Func<DuckDBConnection, TPrepared, T> finish,
        CancellationToken cancellationToken
    )
    {
        if (!dialect.IsSingleProcess)
        {
            return await AloneAsync(c => InTransaction(c, prepare(c), finish), cancellationToken);
        }

        using var connection = Join();
        var prepared = prepare(connection);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return InTransaction(connection, prepared, finish);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Does the work while nobody reads and nobody begins to; false, and nothing is done, if somebody reads.</summary>
    public Task<bool> TryWithoutReadersAsync(Action<DuckDBConnection> work, CancellationToken cancellationToken) =>
        AloneAsync(
            connection =>
            {
                lock (_gate)
                {
                    if (_readers > 0)
                    {
                        return false;
                    }

                    work(connection);
                    return true;
                }
            },
            cancellationToken
        );

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _open?.Dispose();
            _open = null;
        }

        _turn.Dispose();
    }

    private static T InTransaction<TPrepared, T>(
        DuckDBConnection connection,
        TPrepared prepared,
        Func<DuckDBConnection, TPrepared, T> finish
    )
    {
        using var transaction = connection.BeginTransaction();
        var result = finish(connection, prepared);
        transaction.Commit();
        return result;
    }

    private async Task<T> AloneAsync<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (dialect.IsSingleProcess)
            {
                using var joined = Join();
                return work(joined);
            }

            await using var turn = await LockAsync(cancellationToken);
            using var connection = Open();
            return work(connection);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Another connection to the open file.</summary>
    private DuckDBConnection Join()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _open ??= Open();
            var connection = new DuckDBConnection(_connectionString);
            connection.Open();
            return connection;
        }
    }

    private DuckDBConnection Open()
    {
        var connection = new DuckDBConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Schema;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the turn among processes; the system frees the lock of one that died.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "metrics.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken.GetType() == typeof(IOException) && File.Exists(path))
            {
                await Task.Delay(Between, clock.Provider, cancellationToken);
            }
        }
    }
}
