using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Findings.Trials;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Findings;

/// <summary>What a policy would find is what it finds once it is in force (art. 22), on both databases.</summary>
public sealed class TryPolicyTests
{
    private static readonly DateOnly Week = JudgingDesk.Week;

    /// <summary>Finds more of low use and fewer zombies than the defaults, over half the days.</summary>
    private static readonly PolicyNumbers Draft = new()
    {
        WindowDays = 14,
        LowUse = new()
        {
            CpuMean = 35,
            CpuP95 = 45,
            MemoryMean = 50,
            MemoryP95 = 60,
        },
        Zombie = new() { CpuMean = 0.5, CpuP95 = 0.6 },
        IdleVolumeDays = 7,
    };

    [Theory, OnBoth]
    public async Task Art22_a_trial_finds_what_the_policy_finds_once_it_is_in_force(Database on)
    {
        await using var tried = await JudgingDesk.OnAsync(on);
        await ProvinceAsync(tried);
        await DraftAsync(tried, "430000");
        var items = await TryAsync(tried, "430000", months: 1);
        Assert.Empty(await tried.FindingsAsync());

        // The same province, where the draft has been in force all along; another where the defaults are.
        await using var real = await JudgingDesk.OnAsync(on);
        await ProvinceAsync(real);
        await real.PolicyAsync("430000", 1, new(2020, 1, 1), Draft);
        await real.OnlyWeekAsync();
        await real.LookAsync(Week);
        await using var usual = await JudgingDesk.OnAsync(on);
        await ProvinceAsync(usual);
        await usual.OnlyWeekAsync();
        await usual.LookAsync(Week);

        Assert.Equal(
            await FoundAsync(real),
            items
                .Where(i => i.Policy.Contains(Week))
                .Select(i => $"{i.Kind} {i.Subject.Id} {i.Recommendation?.MonthlySaving}")
                .Order()
        );
        Assert.Equal(
            await FoundAsync(usual),
            items
                .Where(i => i.InForce.Contains(Week))
                .Select(i => $"{i.Kind} {i.Subject.Id} {i.Recommendation?.MonthlySaving}")
                .Order()
        );
        foreach (var outcome in Enum.GetValues<TrialOutcome>())
        {
            Assert.Contains(items, i => i.Outcome == outcome);
        }
    }

    [Theory, OnBoth]
    public async Task Art43_a_trial_looks_only_where_the_policy_would_be_in_force(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        var province = await desk.ServerAsync(_ => ScriptedDay.Idle);
        var city = await desk.ServerAsync(_ => ScriptedDay.Idle, s => s with { Region = "430100" }, "tenant-b");
        await DraftAsync(desk, "430000");
        string[] both = [province.Id.ToString(), city.Id.ToString()];
        Assert.Equal(both, await ServersAsync(desk, "430000"));

        await DraftAsync(desk, "430100");
        Assert.Equal([city.Id.ToString()], await ServersAsync(desk, "430100"));

        await desk.PolicyAsync("430100", 2, new(2026, 1, 1), new PolicyNumbers());
        Assert.Equal([province.Id.ToString()], await ServersAsync(desk, "430000"));
        Assert.Equal([city.Id.ToString()], await ServersAsync(desk, "430100"));
    }

    [Theory, OnBoth]
    public async Task A_trial_goes_back_window_by_window_says_how_far_it_is_and_can_be_stopped(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on, pageSize: 2);
        for (var n = 0; n < 5; n++)
        {
            await desk.ServerAsync(_ => ScriptedDay.Half);
        }

        await DraftAsync(desk, "430000");
        var told = new List<TrialProgress>();
        var items = await TryAsync(desk, "430000", months: 2, told.Add);

        // Two months before 5 October hold four windows of fourteen days.
        Assert.Equal(new TrialProgress(20, 20), told[^1]);
        Assert.Equal([2, 4, 5, 7], told.Take(4).Select(t => t.Done));
        Assert.All(
            items.Where(i => i.Kind == FindingKind.LowUse),
            i => Assert.Equal([Week, Week.AddDays(-14), Week.AddDays(-28), Week.AddDays(-42)], i.Policy)
        );

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            TryAsync(desk, "430000", months: 2, progress => stop.Cancel(), stop.Token)
        );
        Assert.Empty(await desk.FindingsAsync());
    }

    [Theory, OnBoth]
    public async Task A_trial_is_kept_with_what_came_out(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        await ProvinceAsync(desk);
        await DraftAsync(desk, "430000");
        var items = await TryAsync(desk, "430000", months: 1);
        var (store, trial) = (desk.Books.Get<ITrialStore>(), Trial("430000", 1));
        await desk.Books.KeepAsync((t, c) => store.SaveAsync(t, trial, c));
        var ended = trial with
        {
            State = TrialState.Done,
            Done = 9,
            Total = 9,
            EndedAt = OpenBooks.Start.ToUniversalTime(),
            Counts = TrialItems.Count(items),
        };
        await desk.Books.KeepAsync((t, c) => store.SaveAsync(t, ended, c));
        await desk.Books.KeepAsync((t, c) => store.AddItemsAsync(t, trial.Id, items, c));

        OpenBooks.Same(ended, await desk.Books.ReadAsync((t, c) => store.FindAsync(t, trial.Id, c)));
        Assert.Equal(items.Count, ended.Counts.Sum(c => c.Count));
        var page = await desk.Books.ReadAsync((t, c) => store.ItemsAsync(t, trial.Id, new(), new(null, 3), c));
        OpenBooks.Same(items.Take(3).ToList(), [.. page.Items]);
        var rest = await desk.Books.ReadAsync((t, c) => store.ItemsAsync(t, trial.Id, new(), new(page.Next, 500), c));
        Assert.Equal(items.Count - 3, rest.Items.Count);
        var added = new TrialItemFilter { Outcome = TrialOutcome.Added, Subject = SubjectKind.Server };
        var some = await desk.Books.ReadAsync((t, c) => store.ItemsAsync(t, trial.Id, added, new(null, 500), c));
        Assert.Equal(
            items
                .Where(i => i is { Outcome: TrialOutcome.Added, Subject.Kind: SubjectKind.Server })
                .Select(i => i.Subject.Id),
            some.Items.Select(i => i.Subject.Id)
        );
        var running = await desk.Books.ReadAsync(
            (t, c) => store.ListAsync(t, ("430000", 1, TrialState.Running), new(null, 9), c)
        );
        Assert.Empty(running.Items);
    }

    private static async Task ProvinceAsync(JudgingDesk desk)
    {
        ScriptedDay[] days = [ScriptedDay.Idle, ScriptedDay.Low, ScriptedDay.Half, ScriptedDay.Full, ScriptedDay.Usual];
        foreach (var day in days)
        {
            await desk.ServerAsync(_ => day);
            await desk.ServerAsync(d => d < Week.AddDays(-14) ? day : ScriptedDay.Usual, tenant: "tenant-b");
            await desk.ServerAsync(d => d < Week.AddDays(-20) ? null : day, tenant: "tenant-b");
        }

        await desk.ServerAsync(_ => ScriptedDay.Idle, s => s with { ServiceStart = Week.AddDays(-15) });
        var volume = await desk.ServerAsync(_ => null, r => r with { Kind = Core.Catalogue.ItemKind.Volume });
        await desk.InventoryAsync(volume, FindingDetail.Unattached, China.StartOf(Week.AddDays(-10)));
        var off = await desk.ServerAsync(_ => null);
        await desk.InventoryAsync(off, FindingDetail.Stopped, China.StartOf(Week.AddDays(-20)));
    }

    private static Task DraftAsync(JudgingDesk desk, string region) =>
        desk.Books.KeepAsync(
            (t, c) =>
                desk
                    .Books.Get<IPolicyStore>()
                    .SaveAsync(
                        t,
                        new MonitoringPolicy
                        {
                            Region = region,
                            Version = 1,
                            Numbers = Draft,
                        },
                        c
                    )
        );

    private static async Task<IEnumerable<string>> ServersAsync(JudgingDesk desk, string region) =>
        (await TryAsync(desk, region, months: 1))
            .Where(i => i.Subject.Kind == SubjectKind.Server)
            .Select(i => i.Subject.Id)
            .Distinct();

    private static Task<IReadOnlyList<TrialItem>> TryAsync(
        JudgingDesk desk,
        string region,
        int months,
        Action<TrialProgress>? tell = null,
        CancellationToken token = default
    )
    {
        var books = desk.Books;
        var work = new TryPolicy(
            new TrialBooks(
                books.Get<IBooks>(),
                (books.Get<IPolicies>(), books.Get<IPolicyStore>()),
                books.Get<IRegionStore>(),
                books.Get<ISystemStore>(),
                books.Get<IJudgedCounts>()
            ),
            desk.Judges()
        )
        {
            PageSize = desk.PageSize,
        };
        return work.ExecuteAsync(Trial(region, months), new Told(tell ?? (_ => { })), token);
    }

    private static Trial Trial(string region, int months) =>
        new()
        {
            Id = new(1),
            Region = region,
            Version = 1,
            Months = months,
            From = Week.AddMonths(-months),
            Until = Week,
            State = TrialState.Running,
            StartedBy = "technical",
            StartedAt = OpenBooks.Start.ToUniversalTime(),
            SeenAt = OpenBooks.Start.ToUniversalTime(),
            Owner = "host/1",
        };

    private static async Task<IEnumerable<string>> FoundAsync(JudgingDesk desk) =>
        (await desk.OpenAsync())
            .Where(f => f.LastHeldOn == Week)
            .Select(f => $"{f.Kind} {f.Subject.Id} {f.Recommendation?.MonthlySaving}")
            .Order();

    private sealed class Told(Action<TrialProgress> tell) : IProgress<TrialProgress>
    {
        public void Report(TrialProgress value) => tell(value);
    }
}
