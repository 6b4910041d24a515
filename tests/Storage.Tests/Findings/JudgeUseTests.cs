using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Findings;

/// <summary>Judging use week by week (art. 22), on both databases.</summary>
public sealed class JudgeUseTests
{
    private static readonly DateOnly Week = JudgingDesk.Week;

    [Theory, OnBoth]
    public async Task Art22_every_rule_finds_what_it_is_for_with_its_numbers_and_what_to_do(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        var idle = await desk.ServerAsync(_ => ScriptedDay.Idle);
        var low = await desk.ServerAsync(_ => ScriptedDay.Low);
        var half = await desk.ServerAsync(_ => ScriptedDay.Half);
        var full = await desk.ServerAsync(_ => ScriptedDay.Full);
        await desk.ServerAsync(_ => ScriptedDay.Usual);
        var off = await desk.ServerAsync(_ => null);
        await desk.InventoryAsync(off, FindingDetail.Stopped, China.StartOf(Week.AddDays(-40)));
        await desk.ServerAsync(_ => null);
        await desk.ServerAsync(_ => ScriptedDay.Idle, s => s with { ServiceStart = Week.AddDays(-27) });

        await desk.LookAsync(Week);

        var found = (await desk.OpenAsync()).Where(f => f.Subject.Kind == SubjectKind.Server).ToList();
        Assert.Equal(
            [
                (FindingKind.Zombie, idle.Id.ToString()),
                (FindingKind.LowUse, low.Id.ToString()),
                (FindingKind.Oversized, half.Id.ToString()),
                (FindingKind.Undersized, full.Id.ToString()),
                (FindingKind.PoweredOff, off.Id.ToString()),
                (FindingKind.Zombie, off.Id.ToString()),
            ],
            found.Select(f => (f.Kind, f.Subject.Id)).OrderBy(f => f.Id).ThenByDescending(f => f.Kind)
        );
        var zombie = found.Single(f => f.Subject.Id == idle.Id.ToString());
        Assert.Equal(
            ("430000-v0", Week.AddDays(-28), Week),
            (zombie.Policy, zombie.Window!.Value.From, zombie.Window.Value.Until)
        );
        Assert.Equal((200.25m, null), (zombie.Recommendation!.MonthlySaving, zombie.Recommendation.Spec));
        Assert.Equal(
            [("cpuMean", 1d, 2d, 1d), ("cpuP95", 1, 5, 1), ("networkBytesPerSecond", 10, 1024, 1)],
            zombie.Evidence.Numbers!.Select(n => (n.Name, n.Value!.Value, n.Threshold!.Value, n.Coverage!.Value))
        );
        Assert.Equal(Week, zombie.LastHeldOn);
        Assert.Equal(2, found.Single(f => f.Kind == FindingKind.Oversized).Recommendation!.Spec!.Vcpus);
        Assert.Equal(-90m, found.Single(f => f.Kind == FindingKind.Undersized).Recommendation!.MonthlySaving);
    }

    [Theory, OnBoth]
    public async Task Art22_a_server_that_alternates_every_week_opens_once_and_closes_only_after_a_clean_window(
        Database on
    )
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        await desk.PolicyAsync("430000", 1, new(2026, 9, 1), new PolicyNumbers { WindowDays = 14 });
        // Two weeks together have a mean just under and just over 10 % by turns; then it is at work for good.
        var calm = Week.AddDays(7 * 12);
        var alternating = await desk.ServerAsync(day =>
        {
            var (week, odd) = Math.DivRem((day.DayNumber - Week.DayNumber) / 7, 2);
            return day < Week || day >= calm ? ScriptedDay.Usual
                : odd == 0 ? new ScriptedDay(week == 0 ? 0.5 : 0.95 + (0.1 * week), 20)
                : new ScriptedDay(19 - (0.1 * week), 20);
        });
        var (states, held) = (new List<string>(), new List<bool>());
        for (var week = 0; week <= 15; week++)
        {
            await desk.LookAsync(Week.AddDays(7 * week));
            var own = (await desk.FindingsAsync()).Where(f => f.Subject.Id == alternating.Id.ToString()).ToList();
            states.Add(string.Join('+', own.Select(f => f.State)));
            held.Add(own.Exists(f => f.LastHeldOn == Week.AddDays(7 * week)));
        }

        Assert.Equal([.. Enumerable.Range(0, 16).Select(w => w is >= 2 and <= 12 && w % 2 == 0)], held);
        Assert.Equal(["", "", .. Enumerable.Repeat("Open", 12), "Closed", "Closed"], states);
    }

    [Theory, OnBoth]
    public async Task Missing_data_neither_opens_nor_closes_and_leaving_service_closes(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        var dark = await desk.ServerAsync(day => day < Week ? ScriptedDay.Low : null);
        await desk.LookAsync(Week);
        for (var week = 1; week < 10; week++)
        {
            await desk.LookAsync(Week.AddDays(7 * week));
        }

        var open = Assert.Single(await desk.OpenAsync(), f => f.Subject.Kind == SubjectKind.Server);
        Assert.Equal((FindingKind.LowUse, (DateOnly?)Week), (open.Kind, open.LastHeldOn));

        var ended = dark with { State = ResourceState.Ended, ServiceEnd = Week.AddDays(64) };
        await desk.Books.KeepAsync((t, c) => desk.Books.Get<IResourceStore>().SaveAsync(t, ended, c));
        await desk.LookAsync(Week.AddDays(70));
        Assert.Empty(await desk.OpenAsync());
        Assert.All(await desk.FindingsAsync(), f => Assert.Equal(ClosingReason.LeftService, f.Closing!.Reason));
    }

    [Theory, OnBoth]
    public async Task A_crash_between_pages_loses_and_doubles_nothing_and_a_second_look_changes_nothing(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on, pageSize: 3);
        for (var n = 0; n < 8; n++)
        {
            await desk.ServerAsync(_ => ScriptedDay.Idle);
        }

        var reads = 0;
        desk.Use.OnRead = windows =>
        {
            if (windows[0].Until == Week && ++reads == 2)
            {
                throw new InvalidOperationException("the host went away");
            }
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.LookAsync(Week));
        Assert.Equal(3, (await desk.OpenAsync()).Count(f => f.Window!.Value.Until == Week));

        Assert.Contains("2026-10-05", (await desk.LookAsync(Week)).Periods);
        var found = await desk.FindingsAsync();
        Assert.Equal(9, found.Count);
        Assert.Equal(9, found.Select(f => f.Subject.Id).Distinct().Count());
        Assert.Equal(4, reads);

        Assert.Empty((await desk.LookAsync(Week)).Periods);
        Assert.Equal(
            found.Select(f => (f.Id, f.LastSeenAt)),
            (await desk.FindingsAsync()).Select(f => (f.Id, f.LastSeenAt))
        );
    }

    [Theory, OnBoth]
    public async Task Missed_weeks_are_judged_in_order_and_a_pool_that_is_not_collected_waits_alone(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        desk.Pools.Add("mock-b", (_, _, _) => AsyncEnumerable.Empty<IReadOnlyList<Adapters.Sdk.UsageSample>>());
        await desk.ServerAsync(_ => ScriptedDay.Low);
        await desk.ServerAsync(_ => ScriptedDay.Low, s => s with { Pool = new("mock-b") }, "tenant-b");

        var look = await desk.LookAsync(Week);

        Assert.Empty(look.Periods);
        Assert.Contains("mock-b", look.Detail!.En, StringComparison.Ordinal);
        Assert.Equal([SubjectKind.Server, SubjectKind.System], (await desk.OpenAsync()).Select(f => f.Subject.Kind));
        Assert.All(await desk.OpenAsync(), f => Assert.Equal(("tenant-a", Week), (f.Scope.Tenant, f.LastHeldOn)));

        desk.Pools.Add("mock-b", null);
        look = await desk.LookAsync(Week);
        Assert.Null(look.Detail);
        Assert.Equal(["2026-09-07", "2026-09-14"], look.Periods.Take(2));
        Assert.Equal("2026-10-05", look.Periods[^1]);
        Assert.Equal(4, (await desk.OpenAsync()).Count);
    }

    [Theory, OnBoth]
    public async Task Art22_volumes_and_addresses_attached_to_nothing_are_idle_after_the_policys_days(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        var volume = await desk.ServerAsync(
            _ => null,
            r =>
                r with
                {
                    Kind = ItemKind.Volume,
                    Spec = new() { SizeGiB = 100 },
                }
        );
        var address = await desk.ServerAsync(
            _ => null,
            r =>
                r with
                {
                    Kind = ItemKind.PublicAddress,
                    Spec = new() { BandwidthMbps = 5 },
                }
        );
        await desk.InventoryAsync(volume, FindingDetail.Unattached, China.StartOf(Week.AddDays(-30)));
        await desk.InventoryAsync(address, FindingDetail.Unbound, China.StartOf(Week.AddDays(-30)).AddMinutes(15));

        await desk.LookAsync(Week);
        Assert.Equal(
            [(FindingKind.IdleVolume, volume.Id.ToString())],
            (await desk.OpenAsync()).Select(f => (f.Kind, f.Subject.Id))
        );

        await desk.LookAsync(Week.AddDays(7));
        var found = await desk.OpenAsync();
        Assert.Equal([FindingKind.IdleVolume, FindingKind.IdleAddress], found.Select(f => f.Kind));
        Assert.All(found, f => Assert.Equal(200.25m, f.Recommendation!.MonthlySaving));
        Assert.StartsWith("fin-", found[0].Evidence.Basis, StringComparison.Ordinal);
    }

    [Theory, OnBoth]
    public async Task Art43_a_city_is_judged_by_its_own_policy_from_its_day_on(Database on)
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        var strict = new PolicyNumbers
        {
            LowUse = new()
            {
                CpuMean = 3,
                CpuP95 = 4,
                MemoryMean = 10,
                MemoryP95 = 12,
            },
        };
        await desk.PolicyAsync("430100", 1, Week, strict);
        await desk.ServerAsync(_ => ScriptedDay.Low);
        await desk.ServerAsync(_ => ScriptedDay.Low, s => s with { Region = "430100" }, "tenant-b");

        await desk.LookAsync(Week);

        var found = (await desk.OpenAsync()).Where(f => f.LastHeldOn == Week).ToList();
        Assert.Equal(["tenant-a-system", "tenant-a-system"], found.Select(f => f.Scope.System));
        Assert.All(found, f => Assert.Equal("430000-v0", f.Policy));
    }

    [Theory, OnBoth]
    public async Task Art22_the_size_in_the_cloud_is_held_against_the_approved_one_and_names_the_inventorys_finding(
        Database on
    )
    {
        await using var desk = await JudgingDesk.OnAsync(on);
        var same = await desk.ServerAsync(_ => ScriptedDay.Usual);
        var grown = await desk.ServerAsync(_ => ScriptedDay.Usual);
        await desk.InventoryAsync(
            grown,
            FindingDetail.Resized,
            China.StartOf(Week.AddDays(-2)),
            new() { Vcpus = 8, MemoryGiB = 8 }
        );
        var booked = await desk.ServerAsync(
            _ => ScriptedDay.Usual,
            s => s with { Spec = s.Spec with { Vcpus = 2, MemoryGiB = 16 } }
        );

        await desk.LookAsync(Week);

        var found = (await desk.OpenAsync())
            .Where(f => f.Kind == FindingKind.NotAsApproved)
            .OrderBy(f => f.Subject.Id)
            .ToList();
        Assert.Equal(
            [(FindingDetail.Larger, grown.Id.ToString()), (FindingDetail.Other, booked.Id.ToString())],
            found.Select(f => (f.Detail!.Value, f.Subject.Id))
        );
        Assert.Equal("fin-1000001", found[0].Evidence.Basis);
        Assert.DoesNotContain(found, f => f.Subject.Id == same.Id.ToString());
    }
}
