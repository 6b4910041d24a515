using System.Data.Common;
using CloudManager.Core.Kernel;
using Dapper;

namespace CloudManager.Storage.Books;

/// <summary>One transaction over one connection, and the traces that become audit entries when it commits.</summary>
internal sealed class BooksTransaction(DbConnection connection, DbTransaction transaction, SqlDialect dialect)
    : ITransaction
{
    private readonly List<Trace> _traces = [];

    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    public SqlDialect Dialect { get; } = dialect;

    public IReadOnlyList<Trace> Traces => _traces;

    public void Record(Trace trace) => _traces.Add(trace);
}

/// <summary>Runs statements in a transaction; every value travels as a parameter.</summary>
internal static class Statements
{
    public static SqlDialect Dialect(this ITransaction transaction) => Of(transaction).Dialect;

    public static Task<int> ExecuteAsync(
        this ITransaction transaction,
        string sql,
        object? values,
        CancellationToken cancellationToken
    ) => Of(transaction).Connection.ExecuteAsync(Command(transaction, sql, values, cancellationToken));

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this ITransaction transaction,
        string sql,
        object? values,
        CancellationToken cancellationToken
    ) =>
        (await Of(transaction).Connection.QueryAsync<T>(Command(transaction, sql, values, cancellationToken))).AsList();

    public static Task<T?> FirstOrDefaultAsync<T>(
        this ITransaction transaction,
        string sql,
        object? values,
        CancellationToken cancellationToken
    ) => Of(transaction).Connection.QueryFirstOrDefaultAsync<T>(Command(transaction, sql, values, cancellationToken));

    public static IAsyncEnumerable<T> StreamAsync<T>(this ITransaction transaction, string sql, object? values) =>
        Of(transaction).Connection.QueryUnbufferedAsync<T>(sql, values, Of(transaction).Transaction);

    private static CommandDefinition Command(
        ITransaction transaction,
        string sql,
        object? values,
        CancellationToken cancellationToken
    ) => new(sql, values, Of(transaction).Transaction, cancellationToken: cancellationToken);

    private static BooksTransaction Of(ITransaction transaction) => (BooksTransaction)transaction;
}
