using CloudManager.Core.Findings;
using CloudManager.Core.Organisations;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Findings;

/// <summary>Monitoring policies by region and day, on both databases.</summary>
public sealed class PolicyStoreTests
{
    private static readonly DateOnly Day = new(2026, 10, 1);

    [Theory, OnBoth]
    public async Task Art43_a_city_without_its_own_policy_follows_the_province_and_all_start_with_the_defaults(
        Database on
    )
    {
        await using var books = await OpenBooks.OnAsync(on);
        await books.KeepAsync(
            (t, c) => books.Get<IRegionStore>().AddAsync(t, new Region("430102", "芙蓉区", "430100"), c)
        );
        Assert.Equal("430000-v0", await NameAsync(books, "430102", Day));
        Assert.Equal("999999-v0", await NameAsync(books, "999999", Day));

        await SaveAsync(books, Policy("430000", 1, Day));
        await SaveAsync(books, Policy("430000", 2, Day.AddDays(30)));
        await SaveAsync(books, Policy("430000", 3, null) with { State = PolicyState.Draft });
        await SaveAsync(books, Policy("430100", 1, Day.AddDays(10)));
        await SaveAsync(books, Policy("430100", 2, Day.AddDays(10)) with { State = PolicyState.Withdrawn });
        (string Because, string Region, DateOnly On, string Name)[] cases =
        [
            ("the day before the first one begins", "430000", Day.AddDays(-1), "430000-v0"),
            ("on its day", "430000", Day, "430000-v1"),
            ("the day before the next", "430000", Day.AddDays(29), "430000-v1"),
            ("on the next one's day", "430000", Day.AddDays(30), "430000-v2"),
            ("a city before its own begins", "430100", Day.AddDays(9), "430000-v1"),
            ("a city with its own", "430100", Day.AddDays(10), "430100-v1"),
            ("a city's own though the province's is younger", "430100", Day.AddDays(40), "430100-v1"),
            ("a district follows its city", "430102", Day.AddDays(40), "430100-v1"),
        ];
        foreach (var (because, region, on_, name) in cases)
        {
            Assert.True(name == await NameAsync(books, region, on_), because);
        }
    }

    [Theory, OnBoth]
    public async Task A_policy_is_kept_whole_and_two_of_a_region_cannot_begin_on_one_day(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IPolicyStore>();
        var policy = Policy("430000", 1, Day) with
        {
            Revision = 4,
            Numbers = new()
            {
                WindowDays = 14,
                TooLarge = new(33, 44.5),
                LowUse = new() { CpuMean = 7.5 },
            },
        };
        await SaveAsync(books, policy);
        OpenBooks.Same(policy, await books.ReadAsync((t, c) => store.FindAsync(t, "430000", 1, c)));
        Assert.Null(await books.ReadAsync((t, c) => store.FindAsync(t, "430000", 2, c)));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => SaveAsync(books, Policy("430000", 2, Day)));
        await SaveAsync(books, Policy("430100", 1, Day));
        Assert.Equal(
            ["430000-v1", "430100-v1"],
            (await books.ReadAsync((t, c) => store.AllAsync(t, null, c))).Select(p => p.Name)
        );
    }

    private static MonitoringPolicy Policy(string region, int version, DateOnly? from) =>
        new()
        {
            Region = region,
            Version = version,
            State = PolicyState.Approved,
            EffectiveFrom = from,
            Document = new("湘数发〔2026〕12号", "云资源监测标准"),
            Numbers = new(),
        };

    private static Task SaveAsync(OpenBooks books, MonitoringPolicy policy) =>
        books.KeepAsync((t, c) => books.Get<IPolicyStore>().SaveAsync(t, policy, c));

    private static async Task<string> NameAsync(OpenBooks books, string region, DateOnly day) =>
        (await books.ReadAsync((t, c) => books.Get<IPolicies>().InForceAsync(t, region, day, c))).Name;
}
