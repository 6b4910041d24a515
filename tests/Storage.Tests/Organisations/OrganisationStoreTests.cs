using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Organisations;

/// <summary>Regions, organisations, accounts, sessions and systems on both databases.</summary>
public sealed class OrganisationStoreTests
{
    [Theory, OnBoth]
    public async Task Regions_come_back_with_their_parent(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        Assert.Equal(
            [new Region("430000", "湖南省", null), new Region("430100", "长沙市", "430000")],
            await books.ReadAsync(books.Get<IRegionStore>().AllAsync)
        );
    }

    [Theory, OnBoth]
    public async Task Organisations_are_found_by_code_and_by_kind_in_a_region(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IOrganisationStore>();
        var tenant = new Organisation("tenant-b", "单位 tenant-b", OrganisationKind.Tenant, "430100");

        Assert.Equal(tenant, await books.ReadAsync((t, c) => store.FindAsync(t, "tenant-b", c)));
        Assert.Null(await books.ReadAsync((t, c) => store.FindAsync(t, "tenant-x", c)));
        Assert.Equal(
            [tenant],
            await books.ReadAsync((t, c) => store.OfKindAsync(t, OrganisationKind.Tenant, "430100", c))
        );
    }

    [Theory, OnBoth]
    public async Task Lists_page_in_one_order_whatever_the_language_of_the_database(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IOrganisationStore>();
        foreach (var code in (string[])["Z-upper", "tenant_c", "tenant-C", "äöü", "9-nine"])
        {
            var added = new Organisation(code, code, OrganisationKind.Audit, "430000");
            await books.KeepAsync((t, c) => store.AddAsync(t, added, c));
        }

        var codes = new List<string>();
        string? after = null;
        do
        {
            var page = await books.ReadAsync((t, c) => store.ListAsync(t, new PageRequest(after, 2), c));
            codes.AddRange(page.Items.Select(o => o.Code));
            after = page.Next;
        } while (after is not null);

        Assert.Equal(9, codes.Count);
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
    }

    [Theory, OnBoth]
    public async Task An_organisation_of_no_region_is_refused_by_the_database(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var lost = new Organisation("lost", "lost", OrganisationKind.Audit, "999999");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            books.KeepAsync((t, c) => books.Get<IOrganisationStore>().AddAsync(t, lost, c))
        );
    }

    [Theory, OnBoth]
    public async Task An_account_is_kept_whole_and_saved_over(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IAccountStore>();
        var account = new Account
        {
            Name = "anna",
            Organisation = "tenant-a",
            Roles = [Role.Officer],
            PasswordHash = "hash",
            Failures = 4,
            LockedUntil = OpenBooks.Start.ToUniversalTime(),
            MustChangePassword = true,
        };
        await books.KeepAsync((t, c) => store.SaveAsync(t, account, c));
        OpenBooks.Same(account, await books.ReadAsync((t, c) => store.FindAsync(t, "anna", c)));

        var later = account with { LockedUntil = null, Failures = 0, MustChangePassword = false, Organisation = null };
        await books.KeepAsync((t, c) => store.SaveAsync(t, later, c));
        OpenBooks.Same(later, await books.ReadAsync((t, c) => store.FindAsync(t, "anna", c)));
        Assert.Single((await books.ReadAsync((t, c) => store.ListAsync(t, new PageRequest(null, 5), c))).Items);
    }

    [Theory, OnBoth]
    public async Task A_session_tells_who_holds_it_until_it_ends(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        await SignInAsync(books, "province", "tenant-a");
        await SignInAsync(books, "city", "tenant-b");
        await SignInAsync(books, "staff", null);

        Assert.True((await ActorAsync(books, "province", 0))?.SeesAllRegions);
        Assert.False((await ActorAsync(books, "city", 0))?.SeesAllRegions);
        Assert.Equal("单位 tenant-b", (await ActorAsync(books, "city", 0))?.Organisation?.Name);
        var staff = await ActorAsync(books, "staff", 0);
        Assert.Equal((null, false), (staff?.Organisation, staff?.SeesAllRegions));
        Assert.Null(await ActorAsync(books, "staff", 60));

        var store = books.Get<ISessionStore>();
        await books.KeepAsync((t, c) => store.CloseAsync(t, "token-city", c));
        await books.KeepAsync((t, c) => store.CloseAllAsync(t, "province", c));
        Assert.Null(await ActorAsync(books, "city", 0));
        Assert.Null(await ActorAsync(books, "province", 0));
        Assert.NotNull(await ActorAsync(books, "staff", 0));
    }

    [Theory, OnBoth]
    public async Task Systems_are_kept_whole_and_listed_by_tenant(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<ISystemStore>();
        var portal = new InformationSystem
        {
            Code = "hr-portal",
            Name = "人社门户",
            Tenant = "tenant-a",
            ProtectionLevel = 3,
            Hosting = Hosting.OwnFacility,
            Plan = "2027",
        };
        await books.KeepAsync((t, c) => store.AddAsync(t, portal, c));
        await books.KeepAsync((t, c) => store.AddAsync(t, portal with { Code = "b", Tenant = "tenant-b" }, c));

        Assert.Equal(portal, await books.ReadAsync((t, c) => store.FindAsync(t, "hr-portal", c)));
        Assert.Equal(["b", "hr-portal"], await CodesAsync(books, null));
        Assert.Equal(["hr-portal"], await CodesAsync(books, "tenant-a"));
    }

    private static async Task<IEnumerable<string>> CodesAsync(OpenBooks books, string? tenant)
    {
        var page = new PageRequest(null, 10);
        return (await books.ReadAsync((t, c) => books.Get<ISystemStore>().ListAsync(t, tenant, page, c))).Items.Select(
            s => s.Code
        );
    }

    private static Task SignInAsync(OpenBooks books, string name, string? organisation) =>
        books.KeepAsync(
            async (transaction, token) =>
            {
                var account = new Account
                {
                    Name = name,
                    Organisation = organisation,
                    Roles = [organisation is null ? Role.Sysadmin : Role.Officer],
                    PasswordHash = "hash",
                };
                await books.Get<IAccountStore>().SaveAsync(transaction, account, token);
                var session = new Session($"token-{name}", name, OpenBooks.Start.AddMinutes(60));
                await books.Get<ISessionStore>().OpenAsync(transaction, session, token);
            }
        );

    private static Task<Actor?> ActorAsync(OpenBooks books, string name, int minutes) =>
        books.ReadAsync(
            (t, c) => books.Get<ISessionStore>().FindAsync(t, $"token-{name}", OpenBooks.Start.AddMinutes(minutes), c)
        );
}
