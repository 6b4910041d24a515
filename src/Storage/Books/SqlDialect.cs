using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CloudManager.Storage.Books;

/// <summary>Where the two databases differ; every other statement is one text for both.</summary>
internal abstract class SqlDialect
{
    /// <summary>The folder of its migrations.</summary>
    public abstract string Migrations { get; }

    /// <summary>Whether no second process can be at work on the same books.</summary>
    public abstract bool IsSingleProcess { get; }

    public abstract string ConnectionString { get; }

    public abstract DbConnection Connect();

    /// <summary>What a new connection is told first.</summary>
    public abstract string Greeting { get; }

    /// <summary>What a writing transaction does first, so that writers take turns.</summary>
    public abstract string TakeTurn { get; }

    /// <summary>The condition that a column is one of the values of the parameter.</summary>
    public abstract string IsAnyOf(string column, string parameter);

    /// <summary>The value of a list parameter for <see cref="IsAnyOf"/>.</summary>
    public abstract object ListOf(IEnumerable<long> values);
}

/// <summary>SQLite: WAL, synchronous=FULL; one process.</summary>
internal sealed class SqliteDialect(string file) : SqlDialect
{
    public override string ConnectionString { get; } =
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            DefaultTimeout = 30,
            ForeignKeys = true,
        }.ToString();

    public override string Migrations => "sqlite";

    public override bool IsSingleProcess => true;

    public override string Greeting => "pragma journal_mode = wal; pragma synchronous = full;";

    public override string TakeTurn => "";

    public override DbConnection Connect() => new SqliteConnection(ConnectionString);

    public override string IsAnyOf(string column, string parameter) =>
        $"{column} in (select value from json_each({parameter}))";

    public override object ListOf(IEnumerable<long> values) => $"[{string.Join(',', values)}]";
}

/// <summary>PostgreSQL: any number of processes.</summary>
internal sealed class PostgresDialect(string connectionString) : SqlDialect
{
    public override string ConnectionString { get; } = connectionString;

    public override string Migrations => "postgres";

    public override bool IsSingleProcess => false;

    public override string Greeting => "";

    public override string TakeTurn => "select pg_advisory_xact_lock(7242008);";

    public override DbConnection Connect() => new NpgsqlConnection(ConnectionString);

    public override string IsAnyOf(string column, string parameter) => $"{column} = any({parameter})";

    public override object ListOf(IEnumerable<long> values) => values.ToArray();
}
