using System.Data;
using System.Data.Common;
using CloudManager.Core.Audit;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Audit;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudManager.Storage.Books;

/// <summary>
/// The books on SQLite or PostgreSQL. Writers take turns; what a change did and its audit entries commit as one.
/// </summary>
internal sealed class SqlBooks(SqlDialect dialect, TimeProvider businessTime) : IBooks, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<Result<T>> ChangeAsync<T>(
        Intent intent,
        Func<ITransaction, CancellationToken, Task<Result<T>>> work,
        CancellationToken cancellationToken
    )
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            var result = await TryAsync(connection, intent, work, cancellationToken);
            if (result.Refusal is { } refusal)
            {
                await NoteRefusalAsync(connection, intent, refusal);
            }

            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<T> KeepAsync<T>(
        Origin origin,
        Func<ITransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            await using var transaction = await BeginAsync(connection, cancellationToken);
            var books = new BooksTransaction(connection, transaction, dialect);
            var result = await work(books, cancellationToken);
            await AppendAsync(books, books.Traces.Select(t => Fact(origin, t)), CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<T> ReadAsync<T>(
        Func<ITransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await work(new BooksTransaction(connection, transaction, dialect), cancellationToken);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = dialect.Connect();
        await connection.OpenAsync(cancellationToken);
        if (dialect.Greeting.Length > 0)
        {
            await connection.ExecuteAsync(dialect.Greeting);
        }

        return connection;
    }

    private async Task<Result<T>> TryAsync<T>(
        DbConnection connection,
        Intent intent,
        Func<ITransaction, CancellationToken, Task<Result<T>>> work,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await BeginAsync(connection, cancellationToken);
        var books = new BooksTransaction(connection, transaction, dialect);
        var result = await work(books, cancellationToken);
        if (!result.IsDone)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            return result;
        }

        var facts =
            books.Traces.Count == 0
                ? [Fact(intent.By, new Trace(intent.Action, intent.Subject, null, null))]
                : books.Traces.Select(t => Fact(intent.By, t));
        await AppendAsync(books, facts, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private async Task NoteRefusalAsync(DbConnection connection, Intent intent, Refusal refusal)
    {
        await using var transaction = await BeginAsync(connection, CancellationToken.None);
        var books = new BooksTransaction(connection, transaction, dialect);
        var fact = Fact(intent.By, new Trace(intent.Action, intent.Subject, null, refusal.Faults)) with
        {
            Outcome = refusal.Code,
        };
        await AppendAsync(books, [fact], CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (connection is SqliteConnection sqlite)
        {
            return sqlite.BeginTransaction(deferred: false);
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Whoever closes a month may hold the turn for longer than a command usually takes.
        var takeTurn = new CommandDefinition(
            dialect.TakeTurn,
            null,
            transaction,
            commandTimeout: 0,
            cancellationToken: cancellationToken
        );
        await connection.ExecuteAsync(takeTurn);
        return transaction;
    }

    private static async Task AppendAsync(
        BooksTransaction books,
        IEnumerable<AuditFact> facts,
        CancellationToken cancellationToken
    )
    {
        var head = (AuditHead?)null;
        foreach (var fact in facts)
        {
            head ??= await AuditLog.ReadHeadAsync(books, cancellationToken);
            var entry = AuditChain.Seal(fact, head);
            await AuditLog.AppendAsync(books, entry, cancellationToken);
            head = AuditHead.After(entry);
        }

        if (head is not null)
        {
            await AuditLog.SaveHeadAsync(books, head, cancellationToken);
        }
    }

    private AuditFact Fact(Origin by, Trace trace) =>
        new()
        {
            At = businessTime.GetUtcNow(),
            Account = by.Account,
            Organisation = by.Organisation,
            Address = by.Address,
            Correlation = by.Correlation,
            Action = trace.Action,
            SubjectKind = trace.Subject.Kind,
            SubjectId = trace.Subject.Id,
            Outcome = AuditFact.Done,
            Before = Json.WriteOrNull(trace.Before),
            After = Json.WriteOrNull(trace.After),
        };
}
