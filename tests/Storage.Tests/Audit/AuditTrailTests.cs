using CloudManager.Core.Audit;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Storage.Tests.Audit;

/// <summary>The audit trail as it lies in the database: what somebody with the file in hand does to it is found.</summary>
public sealed class AuditTrailTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
    private readonly ServiceProvider _services;

    public AuditTrailTests() =>
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(_folder)
            .BuildServiceProvider();

    [Fact]
    public async Task An_untouched_trail_is_whole()
    {
        await WriteAsync(10);
        Assert.Null((await VerifyAsync()).Break);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("action")]
    [InlineData("subject_id")]
    [InlineData("outcome")]
    [InlineData("after_json")]
    [InlineData("hash")]
    public async Task One_character_changed_in_a_column_names_its_entry(string column)
    {
        await WriteAsync(10);
        await TamperAsync(
            $"update audit_entry set {column} = case substr({column}, 1, 1) when 'f' then 'e' else 'f' end || substr({column}, 2) where sequence = 6"
        );

        var broken = (await VerifyAsync()).Break;

        Assert.Equal(6, broken?.Sequence);
    }

    [Fact]
    public async Task An_entry_removed_is_named()
    {
        await WriteAsync(10);
        await TamperAsync("delete from audit_entry where sequence = 4");
        Assert.Equal((AuditFault.Missing, 4L), Named(await VerifyAsync()));
    }

    [Fact]
    public async Task Two_entries_swapped_are_named()
    {
        await WriteAsync(10);
        await TamperAsync(
            """
            update audit_entry set sequence = -1 where sequence = 4;
            update audit_entry set sequence = 4 where sequence = 5;
            update audit_entry set sequence = 5 where sequence = -1
            """
        );
        Assert.Equal(4, (await VerifyAsync()).Break?.Sequence);
    }

    [Fact]
    public async Task A_tail_cut_off_with_its_head_is_found_against_a_checkpoint()
    {
        await WriteAsync(10);
        var checkpoint = AuditCheckpoint.Of((await VerifyAsync()).Head);
        await TamperAsync(
            """
            delete from audit_entry where sequence > 7;
            update audit_head set sequence = 7, hash = (select hash from audit_entry where sequence = 7)
            """
        );

        Assert.Null((await VerifyAsync()).Break);
        Assert.Equal(AuditFault.TailCut, (await VerifyAsync(checkpoint)).Break?.Fault);
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_or_remove_an_entry()
    {
        await WriteAsync(2);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "books.db")}");
        foreach (var sql in (string[])["delete from audit_entry", "update audit_entry set account = 'x'"])
        {
            var refused = await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync(sql));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_refused_change_leaves_its_attempt_and_nothing_else()
    {
        await WriteAsync(1);
        var books = _services.GetRequiredService<IBooks>();
        var refused = await books.ChangeAsync<Done>(
            Intent("thing.try"),
            async (transaction, token) =>
            {
                await _services.GetRequiredService<ICounters>().TakeAsync(transaction, "thing", 5, token);
                return new Conflict("thing.no", ("否", "no"));
            },
            CancellationToken.None
        );

        Assert.False(refused.IsDone);
        var next = await books.KeepAsync(
            Origin.Platform,
            (transaction, token) => _services.GetRequiredService<ICounters>().TakeAsync(transaction, "thing", 1, token),
            CancellationToken.None
        );
        Assert.Equal(1, next);
        var last = (await EntriesAsync())[^1];
        Assert.Equal(("thing.try", "thing.no"), (last.Action, last.Outcome));
        Assert.Null((await VerifyAsync()).Break);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static (AuditFault?, long?) Named(AuditVerdict verdict) => (verdict.Break?.Fault, verdict.Break?.Sequence);

    private static Intent Intent(string action) =>
        new(new Origin("anna", "tenant-a", "127.0.0.1", "c-1"), action, new Subject("thing", "thing-1"));

    private async Task WriteAsync(int entries)
    {
        await _services.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);
        for (var i = 0; i < entries; i++)
        {
            await _services
                .GetRequiredService<IBooks>()
                .ChangeAsync<Done>(
                    Intent("thing.change"),
                    (transaction, _) =>
                    {
                        transaction.Record(new("thing.change", new("thing", "thing-1"), new { i }, new { i = i + 1 }));
                        return Task.FromResult<Result<Done>>(Done.Now);
                    },
                    CancellationToken.None
                );
        }
    }

    private async Task TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "books.db")}");
        await connection.ExecuteAsync("drop trigger audit_entry_no_update; drop trigger audit_entry_no_delete;");
        await connection.ExecuteAsync(sql);
    }

    private Task<AuditVerdict> VerifyAsync(AuditCheckpoint? checkpoint = null) =>
        _services
            .GetRequiredService<IBooks>()
            .ReadAsync(
                async (transaction, token) =>
                {
                    var log = _services.GetRequiredService<IAuditLog>();
                    var head = await log.HeadAsync(transaction, token);
                    return await AuditVerification.VerifyAsync(
                        log.ReadAllAsync(transaction, token),
                        new AuditExpectation(head, checkpoint),
                        token
                    );
                },
                CancellationToken.None
            );

    private Task<IReadOnlyList<AuditEntry>> EntriesAsync() =>
        _services
            .GetRequiredService<IBooks>()
            .ReadAsync<IReadOnlyList<AuditEntry>>(
                async (transaction, token) =>
                    await _services.GetRequiredService<IAuditLog>().ReadAllAsync(transaction, token).ToListAsync(token),
                CancellationToken.None
            );
}
