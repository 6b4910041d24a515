using Microsoft.Data.Sqlite;
using Npgsql;

namespace CloudManager.Tests.Databases;

/// <summary>What the books stand on.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>
/// An empty database of its own and a data folder; both are gone at the end. PostgreSQL's are made on the server of
/// CLOUDMANAGER_TEST_POSTGRES, sorted by a language on purpose: nothing may depend on a server's locale.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "CLOUDMANAGER_TEST_POSTGRES";
    private readonly string? _name;

    private TestDatabase(string? name, string? connectionString)
    {
        _name = name;
        ConnectionString = connectionString;
    }

    /// <summary>Why rows of PostgreSQL cannot run; null if they can.</summary>
    public static string? WhyNoPostgres =>
        string.IsNullOrEmpty(Server)
            ? $"{Variable} holds no connection string of a PostgreSQL server on which databases may be made"
            : null;

    public string Folder { get; } = Directory.CreateTempSubdirectory("cloudmanager-").FullName;

    /// <summary>What the stores are opened with; null for SQLite in <see cref="Folder"/>.</summary>
    public string? ConnectionString { get; }

    private static string? Server => Environment.GetEnvironmentVariable(Variable);

    public static async Task<TestDatabase> CreateAsync(Database on)
    {
        if (on == Database.Sqlite)
        {
            return new TestDatabase(null, null);
        }

        var name = $"cloudmanager_{Guid.NewGuid():N}";
        await OnServerAsync(
            $"create database {name} template template0 encoding utf8 locale_provider icu icu_locale 'en-US'"
        );
        var connectionString = new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 };
        return new TestDatabase(name, connectionString.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_name is null)
        {
            SqliteConnection.ClearAllPools();
        }
        else
        {
            await using (var connection = new NpgsqlConnection(ConnectionString))
            {
                NpgsqlConnection.ClearPool(connection);
            }

            await OnServerAsync($"drop database {_name} with (force)");
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task OnServerAsync(string sql)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(Server) { Pooling = false };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
