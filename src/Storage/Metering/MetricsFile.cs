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

    // Rows are never changed and carry no key: what is delivered twice is left out before it is written.
    private const string Schema = """
        create table if not exists sample (
            resource bigint not null, slot bigint not null,
            cpu float, memory float, disk float, net_in float, net_out float);
        create table if not exists mark (pool varchar not null, slot bigint not null, version bigint not null);
        create table if not exists set_aside (
            pool varchar not null, server varchar not null, instant bigint not null,
            metric varchar not null, reason varchar not null);
        """;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private readonly string _connectionString = new DuckDBConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "metrics.duckdb"),
        ["memory_limit"] = MemoryLimit,
        ["temp_directory"] = Path.Combine(folder, "metrics.tmp"),
    }.ConnectionString;
    private DuckDBConnection? _open;
    private bool _disposed;

    /// <summary>Reads beside other readers and the writer, on what was stored when it began.</summary>
    public Task<T> ReadAsync<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
    {
        if (!dialect.IsSingleProcess)
        {
            return AloneAsync(work, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var connection = Join();
        return Task.FromResult(work(connection));
    }

    /// <summary>Does the work in one transaction, one writer at a time.</summary>
    public Task<T> WriteAsync<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken) =>
        AloneAsync(
            connection =>
            {
                using var transaction = connection.BeginTransaction();
                var result = work(connection);
                transaction.Commit();
                return result;
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
