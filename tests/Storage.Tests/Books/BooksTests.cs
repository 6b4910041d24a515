using CloudManager.Core.Audit;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Books;

/// <summary>Transactions, turns, snapshots, and what every station shares, on both databases.</summary>
public sealed class BooksTests
{
    [Theory, OnBoth]
    public async Task A_refusal_undoes_everything_but_one_entry_of_the_attempt(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var before = (await EntriesAsync(books)).Count;

        var refused = await books.ChangeAsync(
            async (transaction, token) =>
            {
                await books.Get<ICounters>().TakeAsync(transaction, "thing", 5, token);
                transaction.Record(new("thing.first", new("thing", "1"), null, null));
                return new Conflict("thing.no", ("否", "no"));
            }
        );

        Assert.False(refused.IsDone);
        Assert.Equal(1, await TakeAsync(books, 1));
        var entries = await EntriesAsync(books);
        Assert.Equal(before + 1, entries.Count);
        Assert.Equal(("thing.change", "thing.no"), (entries[^1].Action, entries[^1].Outcome));
    }

    [Theory, OnBoth]
    public async Task What_throws_leaves_nothing(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var before = await EntriesAsync(books);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            books.ChangeAsync(
                async (transaction, token) =>
                {
                    await books.Get<ICounters>().TakeAsync(transaction, "thing", 5, token);
                    throw new InvalidOperationException("broke");
                }
            )
        );

        Assert.Equal(1, await TakeAsync(books, 1));
        Assert.Equal(before.Count, (await EntriesAsync(books)).Count);
    }

    [Theory, OnBoth]
    public async Task The_engines_own_work_enters_only_what_it_records(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var before = (await EntriesAsync(books)).Count;
        await TakeAsync(books, 1);
        Assert.Equal(before, (await EntriesAsync(books)).Count);

        await books.KeepAsync(
            (transaction, _) =>
            {
                transaction.Record(new("thing.found", new("thing", "1"), new { a = 1 }, new { a = 2 }));
                return Task.CompletedTask;
            }
        );
        var entry = (await EntriesAsync(books))[^1];
        Assert.Equal(("thing.found", """{"a":1}""", """{"a":2}"""), (entry.Action, entry.Before, entry.After));
    }

    [Theory, OnBoth]
    public async Task Writers_take_turns_even_from_two_processes(Database on)
    {
        await using var first = await OpenBooks.OnAsync(on);
        await using var second = await first.AgainAsync();
        var inside = 0;
        var numbers = new System.Collections.Concurrent.ConcurrentBag<long>();

        await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => Task.Run(() => WriteAsync(i % 2 == 0 ? first : second)))
        );

        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), numbers.Order());
        var chain = await EntriesAsync(first);
        Assert.Equal(Enumerable.Range(1, chain.Count).Select(n => (long)n), chain.Select(e => e.Sequence));
        Assert.All(chain.Zip(chain.Skip(1)), pair => Assert.Equal(pair.First.Hash, pair.Second.PreviousHash));

        async Task WriteAsync(OpenBooks books) =>
            await books.ChangeAsync(
                async (transaction, token) =>
                {
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    numbers.Add(await books.Get<ICounters>().TakeAsync(transaction, "thing", 1, token));
                    await Task.Yield();
                    Assert.Equal(0, Interlocked.Decrement(ref inside));
                    return Done.Now;
                }
            );
    }

    [Theory, OnBoth]
    public async Task A_read_sees_one_instant_however_much_is_written_beside_it(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        await using var writer = await books.AgainAsync();
        var counts = await books.ReadAsync(
            async (transaction, token) =>
            {
                const string sql = "select count(*) from once_key";
                var before = await transaction.FirstOrDefaultAsync<long>(sql, null, token);
                await writer.KeepAsync((t, c) => writer.Get<IOnceStore>().AddAsync(t, Once("k"), c));
                return (before, after: await transaction.FirstOrDefaultAsync<long>(sql, null, token));
            }
        );

        Assert.Equal((0, 0), counts);
        Assert.NotNull(await books.ReadAsync((t, c) => books.Get<IOnceStore>().FindAsync(t, "anna", "k", c)));
    }

    [Theory, OnBoth]
    public async Task An_idempotency_key_is_kept_once_per_account(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IOnceStore>();
        await books.KeepAsync((t, c) => store.AddAsync(t, Once("k"), c));

        Assert.Equal(Once("k"), await books.ReadAsync((t, c) => store.FindAsync(t, "anna", "k", c)));
        Assert.Null(await books.ReadAsync((t, c) => store.FindAsync(t, "berta", "k", c)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            books.KeepAsync((t, c) => store.AddAsync(t, Once("k"), c))
        );
    }

    [Theory, OnBoth]
    public async Task Notifications_page_newest_first_for_their_organisation(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<INotifications>();
        for (var i = 1; i <= 3; i++)
        {
            var told = Told($"code-{i}", i == 2 ? "tenant-b" : "tenant-a");
            await books.KeepAsync((t, c) => store.TellAsync(t, told, c));
        }

        var page = await books.ReadAsync((t, c) => store.ListAsync(t, "tenant-a", new PageRequest(null, 1), c));
        Assert.Equal([Told("code-3", "tenant-a")], page.Items);
        var rest = await books.ReadAsync((t, c) => store.ListAsync(t, "tenant-a", new PageRequest(page.Next, 1), c));
        Assert.Equal([Told("code-1", "tenant-a")], rest.Items);
        Assert.Null(rest.Next);
    }

    [Theory, OnBoth]
    public async Task A_period_is_done_once_and_none_is_older_than_the_books(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var periods = books.Get<IJobPeriods>();
        Task AddAsync() =>
            books.KeepAsync((t, c) => periods.AddAsync(t, ("close-month", "2026-09"), OpenBooks.Start, c));
        await AddAsync();

        Assert.Equal(new Month(2026, 9), await books.ReadAsync(periods.FirstMonthAsync));
        Assert.Equal(["2026-09"], await books.ReadAsync((t, c) => periods.DoneAsync(t, "close-month", c)));
        Assert.Empty(await books.ReadAsync((t, c) => periods.DoneAsync(t, "monthly-report", c)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(AddAsync);
    }

    [Theory, OnBoth]
    public async Task The_database_itself_refuses_to_change_or_remove_an_audit_entry(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        await books.ChangeAsync((_, _) => Task.FromResult<Result<Done>>(Done.Now));
        foreach (
            var sql in (string[])["delete from audit_entry", "update audit_entry set account = 'x' where sequence = 1"]
        )
        {
            var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => books.ExecuteAsync(sql));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory, OnBoth]
    public async Task Audit_entries_page_by_time(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        for (var i = 0; i < 3; i++)
        {
            await books.ChangeAsync((_, _) => Task.FromResult<Result<Done>>(Done.Now));
        }

        var log = books.Get<IAuditLog>();
        var (from, until) = (OpenBooks.Start, OpenBooks.Start.AddMilliseconds(1));
        var page = await books.ReadAsync((t, c) => log.ListAsync(t, from, until, new PageRequest(null, 2), c));
        Assert.Equal(2, page.Items.Count);
        var rest = await books.ReadAsync((t, c) => log.ListAsync(t, from, until, new PageRequest(page.Next, 2), c));
        Assert.Equal("thing.change", Assert.Single(rest.Items).Action);
        Assert.Empty(
            (await books.ReadAsync((t, c) => log.ListAsync(t, until, until, new PageRequest(null, 2), c))).Items
        );
    }

    private static Once Once(string key) => new("anna", key, "print", "req-000001", OpenBooks.Start.ToUniversalTime());

    private static Notification Told(string code, string organisation) =>
        new()
        {
            Organisation = organisation,
            Code = code,
            Subject = new("request", "req-000001"),
            Text = ("已办", "done"),
            At = OpenBooks.Start.ToUniversalTime(),
        };

    private static Task<long> TakeAsync(OpenBooks books, int count) =>
        books.KeepAsync((t, c) => books.Get<ICounters>().TakeAsync(t, "thing", count, c));

    private static Task<List<AuditEntry>> EntriesAsync(OpenBooks books) =>
        books.ReadAsync(async (t, c) => await books.Get<IAuditLog>().ReadAllAsync(t, c).ToListAsync(c));
}
