using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Findings;

/// <summary>Findings on both databases.</summary>
public sealed class FindingStoreTests
{
    private static readonly DateTimeOffset Now = OpenBooks.Start.ToUniversalTime();

    [Theory, OnBoth]
    public async Task A_finding_is_kept_whole_and_closes(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IFindingStore>();
        var finding = Sample(1);
        await books.KeepAsync((t, c) => store.SaveAsync(t, finding, c));
        OpenBooks.Same(finding, await books.ReadAsync((t, c) => store.FindAsync(t, finding.Id, c)));

        var closed = finding with
        {
            State = FindingState.Closed,
            ClosedAt = Now.AddHours(2),
            LastSeenAt = Now.AddHours(1),
            Evidence = finding.Evidence with { Cloud = null },
        };
        await books.KeepAsync((t, c) => store.SaveAsync(t, closed, c));
        OpenBooks.Same(closed, await books.ReadAsync((t, c) => store.FindAsync(t, finding.Id, c)));
        Assert.Null(await books.ReadAsync((t, c) => store.FindAsync(t, new(9), c)));
    }

    [Theory, OnBoth]
    public async Task The_same_thing_is_open_once_and_again_only_after_it_closed(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IFindingStore>();
        await books.KeepAsync((t, c) => store.SaveAsync(t, Sample(1), c));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            books.KeepAsync((t, c) => store.SaveAsync(t, Sample(2), c))
        );

        var closed = Sample(1) with { State = FindingState.Closed, ClosedAt = Now };
        await books.KeepAsync((t, c) => store.SaveAsync(t, closed, c));
        await books.KeepAsync((t, c) => store.SaveAsync(t, Sample(2), c));

        var open = await books.ReadAsync((t, c) => store.OpenOfAsync(t, new("mock-a"), ["res-000001", "i-9"], c));
        Assert.Equal([2], open.Select(f => f.Id.Number));
        Assert.Empty(await books.ReadAsync((t, c) => store.OpenOfAsync(t, new("mock-b"), ["res-000001"], c)));
    }

    [Theory, OnBoth]
    public async Task Findings_page_newest_first_through_their_filters_and_are_counted(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IFindingStore>();
        Finding[] all =
        [
            .. Enumerable.Range(1, 4).Select(n => Sample(n, $"res-00000{n}")),
            Sample(5, "i-5") with
            {
                Kind = FindingKind.UnknownResource,
                Detail = FindingDetail.Unknown,
                Scope = new(null, "provider-a", "430000"),
            },
            Sample(6, "res-000006") with
            {
                State = FindingState.Closed,
                ClosedAt = Now,
            },
            Sample(7, "res-000007") with
            {
                Scope = new("tenant-b", "provider-b", "430100"),
                LastSeenAt = Now.AddDays(-1),
            },
        ];
        foreach (var finding in all)
        {
            await books.KeepAsync((t, c) => store.SaveAsync(t, finding, c));
        }

        var own = new FindingFilter { Tenant = "tenant-a", State = FindingState.Open };
        var page = await books.ReadAsync((t, c) => store.ListAsync(t, own, new PageRequest(null, 3), c));
        Assert.Equal([4, 3, 2], page.Items.Select(f => f.Id.Number));
        var rest = await books.ReadAsync((t, c) => store.ListAsync(t, own, new PageRequest(page.Next, 3), c));
        Assert.Equal((1, null), (Assert.Single(rest.Items).Id.Number, rest.Next));
        (string Because, FindingFilter Filter, long[] Expected)[] others =
        [
            ("by kind", new() { Kind = FindingKind.UnknownResource }, [5]),
            ("by provider", new() { Provider = "provider-b" }, [7]),
            ("by region", new() { Region = "430100" }, [7]),
            ("closed", new() { State = FindingState.Closed }, [6]),
            ("not seen of late", new() { SeenBefore = Now }, [7]),
            ("another pool", new() { Pool = new("mock-b") }, []),
        ];
        foreach (var (because, filter, expected) in others)
        {
            var found = await books.ReadAsync((t, c) => store.ListAsync(t, filter, new PageRequest(null, 9), c));
            Assert.True(expected.SequenceEqual(found.Items.Select(f => f.Id.Number)), because);
        }

        var counts = await books.ReadAsync(store.CountAsync);
        Assert.Equal(
            [(FindingKind.UnknownResource, 1), (FindingKind.Drift, 5)],
            counts.Select(c => (c.Kind, c.Count)).Order()
        );
    }

    private static Finding Sample(long number, string subject = "res-000001") =>
        new()
        {
            Id = new(number),
            Kind = FindingKind.Drift,
            Detail = FindingDetail.Resized,
            Subject = FindingSubject.Of(ItemKind.Server, subject, new("mock-a"), "门户 '1'"),
            Scope = new("tenant-a", "provider-a", "430000"),
            Evidence = new(
                new() { Vcpus = 4, MemoryGiB = 8 },
                new()
                {
                    Vcpus = 8,
                    MemoryGiB = 8,
                    Fault = "“x”",
                }
            ),
            State = FindingState.Open,
            OpenedAt = Now,
            LastSeenAt = Now.AddMinutes(15),
        };
}
