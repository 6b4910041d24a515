using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Requests;

/// <summary>Requests on both databases.</summary>
public sealed class RequestStoreTests
{
    [Theory, OnBoth]
    public async Task A_request_is_kept_whole(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var request = Samples.Request(1);
        await AddAsync(books, request);
        OpenBooks.Same(request, await FindAsync(books, 1));
        Assert.Null(await FindAsync(books, 2));
    }

    [Theory, OnBoth]
    public async Task A_step_adds_to_the_history_and_closes_and_opens_deadlines(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var request = Samples.Request(1);
        await AddAsync(books, request);
        var now = OpenBooks.Start.AddHours(1).ToUniversalTime();
        var accepted = request with
        {
            State = RequestState.Accepted,
            Version = 4,
            TestSummary = null,
            CompletedOn = null,
            ProposedCompletion = null,
            Disputed = false,
            Deadlines =
            [
                request.Deadlines[0] with
                {
                    ClosedAt = now,
                },
                new Deadline("review", now, Samples.Due.ToUniversalTime(), null),
            ],
            History = [.. request.History, Samples.Entry(RequestAction.Accept, "authority", "同意")],
        };
        await books.KeepAsync((t, c) => books.Get<IRequestStore>().SaveAsync(t, accepted, c));

        OpenBooks.Same(accepted, await FindAsync(books, 1));
    }

    [Theory, OnBoth]
    public async Task Due_are_those_in_the_state_whose_deadline_runs_and_is_over(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var request = Samples.Request(1);
        await AddAsync(books, request);
        await AddAsync(books, Samples.Request(2));
        await AddAsync(books, Samples.Request(3) with { State = RequestState.Accepted });
        var closed = request.Deadlines[0] with { ClosedAt = OpenBooks.Start };
        await AddAsync(books, Samples.Request(4) with { Deadlines = [closed] });

        Assert.Empty(await DueAsync(books, "accept", Samples.Due));
        Assert.Equal([1, 2], await DueAsync(books, "accept", Samples.Due.AddMilliseconds(1)));
        Assert.Empty(await DueAsync(books, "review", Samples.Due.AddDays(1)));
    }

    [Theory, OnBoth]
    public async Task Lists_page_newest_first_through_every_filter(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        for (var i = 1; i <= 12; i++)
        {
            var even = i % 2 == 0;
            await AddAsync(
                books,
                Samples.Request(i) with
                {
                    Tenant = even ? "tenant-a" : "tenant-b",
                    Region = i % 3 == 0 ? "430100" : "430000",
                    State = i > 6 ? RequestState.Draft : RequestState.Submitted,
                    System = i == 5 ? "other" : "hr-portal",
                    Type = i == 1 ? RequestType.Change : RequestType.Provision,
                }
            );
        }

        Assert.Equal([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], await ListAsync(books, new()));
        Assert.Equal([12, 10, 8, 6, 4, 2], await ListAsync(books, new() { Tenant = "tenant-a" }));
        Assert.Equal([12, 9, 6, 3], await ListAsync(books, new() { Region = "430100" }));
        Assert.Equal([6, 5, 4, 3, 2, 1], await ListAsync(books, new() { State = RequestState.Submitted }));
        Assert.Equal([1], await ListAsync(books, new() { Type = RequestType.Change }));
        Assert.Equal([5], await ListAsync(books, new() { System = "other" }));
        Assert.Equal(
            [12],
            await ListAsync(
                books,
                new()
                {
                    Tenant = "tenant-a",
                    Region = "430100",
                    State = 0,
                }
            )
        );
    }

    private static Task AddAsync(OpenBooks books, ServiceRequest request) =>
        books.KeepAsync((t, c) => books.Get<IRequestStore>().AddAsync(t, request, c));

    private static Task<ServiceRequest?> FindAsync(OpenBooks books, long number) =>
        books.ReadAsync((t, c) => books.Get<IRequestStore>().FindAsync(t, new RequestId(number), c));

    private static async Task<IEnumerable<long>> DueAsync(OpenBooks books, string step, DateTimeOffset before)
    {
        var store = books.Get<IRequestStore>();
        var due = await books.ReadAsync((t, c) => store.DueAsync(t, RequestState.Submitted, step, before, c));
        return due.Select(r => r.Id.Number);
    }

    /// <summary>All pages of five, one after the other.</summary>
    private static async Task<IReadOnlyList<long>> ListAsync(OpenBooks books, RequestFilter filter)
    {
        var store = books.Get<IRequestStore>();
        var numbers = new List<long>();
        string? after = null;
        do
        {
            var page = await books.ReadAsync((t, c) => store.ListAsync(t, filter, new PageRequest(after, 5), c));
            Assert.All(page.Items, r => Assert.NotEmpty(r.History));
            numbers.AddRange(page.Items.Select(r => r.Id.Number));
            after = page.Next;
        } while (after is not null);

        return numbers;
    }
}
