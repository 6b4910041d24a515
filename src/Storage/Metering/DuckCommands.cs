using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>Runs statements on DuckDB; every value travels as a parameter.</summary>
internal static class DuckCommands
{
    public static int Run(this DuckDBConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = Make(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    public static List<T> Rows<T>(
        this DuckDBConnection connection,
        string sql,
        Func<DuckDBDataReader, T> read,
        params (string Name, object Value)[] values
    )
    {
        using var command = Make(connection, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static float? FloatOrNull(this DuckDBDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFloat(column);

#pragma warning disable CA2100 // The statements are constants of the stores; values are parameters.
    private static DuckDBCommand Make(DuckDBConnection connection, string sql, (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        return command;
    }
#pragma warning restore CA2100
}
