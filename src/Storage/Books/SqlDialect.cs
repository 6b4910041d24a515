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

    /// <summary>The same, of texts.</summary>
    public abstract object ListOf(IEnumerable<string> values);

    /// <summary>The rows of a parameter that is a JSON array of objects, with these members as columns.</summary>
    public abstract string RowsOf(string parameter, IEnumerable<(string Name, string Type)> columns);

    /// <summary>The day in a date column, for rows too many for Dapper.</summary>
    public abstract DateOnly ReadDay(DbDataReader row, int column);
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

    public override object ListOf(IEnumerable<string> values) => Json.Write(values);

    public override string RowsOf(string parameter, IEnumerable<(string Name, string Type)> columns) =>
        $"(select {string.Join(", ", columns.Select(c => $"json_extract(value, '$.{c.Name}') as {c.Name}"))} from json_each({parameter})) as rows";

    /// <summary>A date is the text yyyy-MM-dd here; reading its digits takes a tenth of what a parser takes.</summary>
    public override DateOnly ReadDay(DbDataReader row, int column)
    {
        var text = row.GetString(column);
        return text is [_, _, _, _, '-', _, _, '-', _, _]
            ? new DateOnly(
                (Digit(text[0]) * 1000) + (Digit(text[1]) * 100) + (Digit(text[2]) * 10) + Digit(text[3]),
                (Digit(text[5]) * 10) + Digit(text[6]),
                (Digit(text[8]) * 10) + Digit(text[9])
            )
            : throw new InvalidDataException($"the books hold {text} where a day was written");
    }

    private static int Digit(char digit) => digit - '0';
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

    public override object ListOf(IEnumerable<string> values) => values.ToArray();

    public override string RowsOf(string parameter, IEnumerable<(string Name, string Type)> columns) =>
        $"json_to_recordset(cast({parameter} as json)) as rows ({string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"))})";

    public override DateOnly ReadDay(DbDataReader row, int column) => row.GetFieldValue<DateOnly>(column);
}
