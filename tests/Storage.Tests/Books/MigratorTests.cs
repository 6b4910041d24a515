using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Books;

/// <summary>Both dialects of the migrations end in the same shape.</summary>
public sealed class MigratorTests
{
    private const string ShapeOnSqlite = """
        select t.name || '.' || c.name || case when c."notnull" = 1 or c.pk > 0 then ' not null' else '' end
        from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite%'
        """;
    private const string ShapeOnPostgres = """
        select table_name || '.' || column_name || case when is_nullable = 'NO' then ' not null' else '' end
        from information_schema.columns where table_schema = 'public'
        """;
    private const string TypesOnSqlite = """
        select t.name || '.' || c.name || ' ' || lower(c.type)
        from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite%'
        """;
    private const string TypesOnPostgres = """
        select table_name || '.' || column_name || ' ' || data_type
        from information_schema.columns where table_schema = 'public'
        """;

    [Theory, OnBoth]
    public async Task A_second_start_changes_nothing(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var before = await books.QueryAsync<string>("select name from migration order by name");
        var shape = await ShapeAsync(books, on);

        await using var again = await books.AgainAsync();

        Assert.Equal(before, await again.QueryAsync<string>("select name from migration order by name"));
        Assert.Equal(shape, await ShapeAsync(again, on));
        Assert.Equal(
            books.Get<Core.Provisioning.Installation>().ToString(),
            again.Get<Core.Provisioning.Installation>().ToString()
        );
    }

    [Theory, OnBoth]
    public async Task Two_processes_that_open_empty_books_at_once_make_them_once(Database on)
    {
        await using var database = await TestDatabase.CreateAsync(on);
        var opened = await OpenBooks.RaceAsync(database, 4);
        Assert.Single(opened.Distinct());
    }

    [Fact]
    public async Task Both_dialects_have_the_same_migrations_tables_columns_and_nullability()
    {
        Assert.SkipWhen(TestDatabase.WhyNoPostgres is not null, TestDatabase.WhyNoPostgres ?? "");
        await using var sqlite = await OpenBooks.OnAsync(Database.Sqlite);
        await using var postgres = await OpenBooks.OnAsync(Database.Postgres);

        const string migrations = "select name from migration order by name";
        Assert.Equal(await sqlite.QueryAsync<string>(migrations), await postgres.QueryAsync<string>(migrations));
        Assert.Equal(await ShapeAsync(sqlite, Database.Sqlite), await ShapeAsync(postgres, Database.Postgres));
        Assert.Equal(
            (await sqlite.QueryAsync<string>(TypesOnSqlite)).Order(StringComparer.Ordinal),
            (await postgres.QueryAsync<string>(TypesOnPostgres)).Order(StringComparer.Ordinal)
        );
    }

    private static async Task<IReadOnlyList<string>> ShapeAsync(OpenBooks books, Database on)
    {
        var shape = await books.QueryAsync<string>(on == Database.Sqlite ? ShapeOnSqlite : ShapeOnPostgres);
        return [.. shape.Order(StringComparer.Ordinal)];
    }
}
