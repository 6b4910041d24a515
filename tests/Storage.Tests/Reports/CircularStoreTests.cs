using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Forecasts;
using CloudManager.Core.Organisations;
using CloudManager.Core.Reports.Circulars;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Reports;

/// <summary>Circulars, what systems are for, and what pools held by day, on both databases.</summary>
public sealed class CircularStoreTests
{
    private static readonly DateTimeOffset Now = OpenBooks.Start.ToUniversalTime();

    [Theory, OnBoth]
    public async Task Art22_A_circular_is_kept_whole_and_issued_once(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<ICircularStore>();
        var draft = Sample("2026-09", "tenant-a");
        await books.KeepAsync((t, c) => store.AddAsync(t, draft, c));
        Assert.Equal(draft, await books.ReadAsync((t, c) => store.FindAsync(t, draft.Head.Id, c)));

        var issued = draft.Head with { IssuedAt = Now.AddDays(1), IssuedBy = "authority", Opinion = "整改" };
        await books.KeepAsync((t, c) => store.IssueAsync(t, issued, c));
        await books.KeepAsync((t, c) => store.IssueAsync(t, issued with { Opinion = "another" }, c));

        var kept = await books.ReadAsync((t, c) => store.FindAsync(t, draft.Head.Id, c));
        Assert.Equal(draft with { Head = issued }, kept);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            books.KeepAsync((t, c) => store.AddAsync(t, draft, c))
        );
    }

    [Theory, OnBoth]
    public async Task Circulars_page_through_their_filters(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<ICircularStore>();
        foreach (
            var (month, tenant) in new[] { ("2026-08", "tenant-a"), ("2026-09", "tenant-a"), ("2026-09", "tenant-b") }
        )
        {
            await books.KeepAsync((t, c) => store.AddAsync(t, Sample(month, tenant), c));
        }

        var issued = Sample("2026-08", "tenant-a").Head with { IssuedAt = Now, IssuedBy = "authority" };
        await books.KeepAsync((t, c) => store.IssueAsync(t, issued, c));

        Assert.Equal(3, await CountAsync(new()));
        Assert.Equal(2, await CountAsync(new() { Month = "2026-09" }));
        Assert.Equal(2, await CountAsync(new() { Tenant = "tenant-a" }));
        Assert.Equal(1, await CountAsync(new() { OnlyIssued = true }));
        Assert.Equal(0, await CountAsync(new() { Region = "430100" }));

        async Task<int> CountAsync(CircularFilter filter)
        {
            var (count, after) = (0, (string?)null);
            do
            {
                var page = await books.ReadAsync((t, c) => store.ListAsync(t, filter, new(after, 1), c));
                count += page.Items.Count;
                after = page.Next;
            } while (after is not null);

            return count;
        }
    }

    [Theory, OnBoth]
    public async Task Art22_Systems_page_by_what_they_could_save(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IPossibleSavings>();
        PossibleSaving[] all = [Saving("a", 10m), Saving("b", 20.05m), Saving("c", 10m), Saving("d", 0)];
        await books.KeepAsync((t, c) => store.ReplaceAsync(t, [Saving("old", 99m)], c));
        await books.KeepAsync((t, c) => store.ReplaceAsync(t, all, c));

        var seen = new List<PossibleSaving>();
        for (var after = (string?)null; ; )
        {
            var page = await books.ReadAsync((t, c) => store.ListAsync(t, new("430000", null), new(after, 1), c));
            seen.AddRange(page.Items);
            after = page.Next;
            if (after is null)
            {
                break;
            }
        }

        Assert.Equal([all[1], all[0], all[2], all[3]], seen);
        var none = await books.ReadAsync((t, c) => store.ListAsync(t, new(null, "tenant-b"), new(null, 9), c));
        Assert.Empty(none.Items);
    }

    private static PossibleSaving Saving(string system, decimal yuan) =>
        new()
        {
            System = system,
            Tenant = "tenant-a",
            Region = "430000",
            Until = new(2026, 10, 1),
            Saving = yuan,
            Enough = 1,
            Changes = 2,
            LeftOut = 3,
        };

    [Theory, OnBoth]
    public async Task A_system_keeps_what_it_is_for(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var systems = books.Get<ISystemStore>();
        var wanted = new InformationSystem
        {
            Code = "trial",
            Name = "试",
            Tenant = "tenant-a",
            ProtectionLevel = 2,
            Environment = SystemEnvironment.Development,
        };

        await books.KeepAsync((t, c) => systems.AddAsync(t, wanted, c));

        Assert.Equal(wanted, await books.ReadAsync((t, c) => systems.FindAsync(t, "trial", c)));
    }

    [Theory, OnBoth]
    public async Task A_pool_without_service_has_no_allocations(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);

        Assert.Empty(await books.ReadAsync((t, c) => books.Get<IAllocations>().OfAsync(t, new("mock-a"), c)));
    }

    private static Circular Sample(string month, string tenant) =>
        new()
        {
            Head = new()
            {
                Id = $"circular-{month}-{tenant}",
                Month = month,
                Tenant = tenant,
                Region = "430000",
                CreatedAt = Now,
            },
            Body = """{"month":"2026-09"}""",
        };
}
