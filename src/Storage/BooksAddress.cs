using System.Data.Common;
using CloudManager.Storage.Books;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CloudManager.Storage;

/// <summary>Where the books stand: a file of the data folder, or a database of a PostgreSQL server.</summary>
public sealed class BooksAddress
{
    private readonly string _shown;

    private BooksAddress(SqlDialect dialect, string shown)
    {
        Dialect = dialect;
        _shown = shown;
    }

    /// <summary>What a right connection string looks like, for messages.</summary>
    public const string Form = "Host=…;Database=…;Username=…";

    /// <summary>Whether any number of processes may work on the books; otherwise one.</summary>
    public bool IsShared => !Dialect.IsSingleProcess;

    /// <summary>The driver, for who keeps tables of his own beside the books.</summary>
    public DbProviderFactory Provider => IsShared ? NpgsqlFactory.Instance : SqliteFactory.Instance;

    /// <summary>The connection string. It may hold a password: never shown, never logged.</summary>
    public string ConnectionString => Dialect.ConnectionString;

    internal SqlDialect Dialect { get; }

    /// <summary>The address of the books.</summary>
    /// <param name="dataFolder">The data folder, in which the books stand if there is no server.</param>
    /// <param name="connectionString">The PostgreSQL connection string; null: SQLite in the data folder.</param>
    /// <exception cref="FormatException">It is no connection string that names a host and a database.</exception>
    public static BooksAddress Of(string dataFolder, string? connectionString)
    {
        if (connectionString is null)
        {
            var file = Path.Combine(dataFolder, "books.db");
            return new BooksAddress(new SqliteDialect(file), file);
        }

        var parts = Parse(connectionString) ?? throw new FormatException(Form);
        var shown = $"Host={parts.Host};Port={parts.Port};Database={parts.Database};Username={parts.Username}";
        return new BooksAddress(new PostgresDialect(parts.ConnectionString), shown);
    }

    /// <summary>Whether there are books, so that a reader need not make empty ones.</summary>
    /// <exception cref="BooksUnreachableException">The server does not answer, or does not let us in.</exception>
    public async Task<bool> HoldsBooksAsync(CancellationToken cancellationToken)
    {
        if (!IsShared)
        {
            return File.Exists(_shown);
        }

        await using var connection = await ConnectAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>("select to_regclass('audit_entry') is not null");
    }

    /// <summary>Where they stand, without a password.</summary>
    public override string ToString() => _shown;

    internal async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = Dialect.Connect();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (DbException failure)
        {
            await connection.DisposeAsync();
            throw new BooksUnreachableException(this, failure);
        }
    }

    /// <summary>Null where it is none: the driver's own words could repeat a piece of the password.</summary>
    private static NpgsqlConnectionStringBuilder? Parse(string connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(parts.Host) || string.IsNullOrEmpty(parts.Database) ? null : parts;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException)
        {
            return null;
        }
    }
}

/// <summary>The server of the books does not answer, or does not let us in. The message holds no password.</summary>
public sealed class BooksUnreachableException : Exception
{
    internal BooksUnreachableException(BooksAddress address, DbException failure)
        : base($"{address}: {failure.Message}", failure) { }
}
