using CloudManager.Core.Inventory;
using CloudManager.Core.Inventory.Handed;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Metering.Handed;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests.ByHand;

/// <summary>What people hand in about a pool that nothing can call: what exists there, and what was measured.</summary>
public sealed class HandInTests
{
    private const string Head = "kind,nativeId,name,state,vcpus,memoryGiB,sizeGiB,bandwidthMbps,addresses,attachedTo\n";

    private const string Server = "server,n-1,,,4,8,,,10.20.0.1,\n";

    private const string Volume = "volume,n-2,,,,,100,,,n-1\n";

    private const string Address = "publicAddress,n-3,,,,,,10,203.0.113.3,n-1\n";

    [Theory, OnBoth]
    public async Task Art14_A_list_is_held_against_the_books_as_a_clouds_own_is(Database on)
    {
        await using var province = await Province.FoundAsync(on, Hands.Manual());
        await FulfilmentTests.ServedAsync(province, Servers(1), Volumes(1), Addresses(1));
        province.At("2026-10-20 10:00");

        var run = await ListedAsync(province, Head + Server + Volume + Address);
        Assert.Equal((RunOutcome.Completed, 3), (run.Outcome, run.Counts.Total));
        Assert.Equal("", await province.FoundAsync());

        province.At("2026-10-21 10:00");
        await ListedAsync(
            province,
            Head + "server,n-1,other-name,stopped,8,8,,,10.20.0.1,\n" + Volume + Address + "volume,x-9,spare,,,,50,,,\n"
        );
        Assert.Equal(
            "Drift Renamed res-000001\nDrift Resized res-000001\nDrift Stopped res-000001\nOrphan Unattached x-9",
            await province.FoundAsync()
        );

        province.At("2026-10-22 10:00");
        await ListedAsync(province, Head + Server + Address + "volume,x-9,spare,,,,50,,,\n");
        Assert.Equal("Drift Gone res-000002\nOrphan Unattached x-9", await province.FoundAsync());
        Assert.Equal(3, (await province.RunsAsync("hand-a")).Count);
    }

    [Fact]
    public async Task A_list_of_a_day_is_not_held_against_what_happened_since_and_an_older_one_is_refused()
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        await FulfilmentTests.ServedAsync(province, Servers(1));
        province.At("2026-10-20 10:00");

        // On the 11th nothing had been delivered: the order that ended on the 12th is not judged by that day's list.
        var early = await ListedAsync(province, Head + "server,x-1,old,,2,4,,,,\n", new DateOnly(2026, 10, 11));
        Assert.Equal("2026-10-11T23:59:59", $"{China.Local(early.StartedAt):s}");
        Assert.Equal("UnknownResource Unknown x-1", await province.FoundAsync());
        province.Clock.Advance(TimeSpan.FromMinutes(1));
        await ListedAsync(province, Head + Server, new DateOnly(2026, 10, 19));
        Assert.Equal("", await province.FoundAsync());
        await ListedAsync(province, Head + Server);

        var older = await HandInAsync(province, Head + Server, new DateOnly(2026, 10, 19));
        Assert.Equal("inventory.older", older.Refusal?.Code);
        var future = await HandInAsync(province, Head + Server, new DateOnly(2026, 10, 21));
        Assert.Equal("day", Assert.Single(future.Refusal!.Faults).Path);
    }

    [Fact]
    public async Task A_list_that_shrank_too_much_marks_nothing_gone()
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        await FulfilmentTests.ServedAsync(province, Servers(4));
        province.At("2026-10-20 10:00");
        var rows = Enumerable.Range(1, 4).Select(i => $"server,n-{i},,,4,8,,,,\n").ToList();
        await ListedAsync(province, Head + string.Concat(rows));
        province.At("2026-10-21 10:00");

        var run = await ListedAsync(province, Head + rows[0]);

        Assert.Equal((RunOutcome.Shrunk, 3), (run.Outcome, run.Missing));
        Assert.Equal("", await province.FoundAsync());
    }

    [Theory]
    [InlineData("no such kind", "disk,n-1,,,,,1,,,", "line 2.kind")]
    [InlineData("no identifier", "server,,,,4,8,,,,", "line 2.nativeId")]
    [InlineData("no cores", "server,n-1,,,,8,,,,", "line 2.vcpus")]
    [InlineData("cores in words", "server,n-1,,,four,8,,,,", "line 2.vcpus")]
    [InlineData("a volume without a size", "volume,n-1,,,,,,,,", "line 2.sizeGiB")]
    [InlineData("a volume with cores", "volume,n-1,,,4,,1,,,", "line 2.vcpus")]
    [InlineData("a short address", "server,n-1,,,4,8,,,10.1,", "line 2.addresses")]
    [InlineData("an address that has none", "publicAddress,n-1,,,,,,10,,", "line 2.addresses")]
    [InlineData("no such state", "server,n-1,,asleep,4,8,,,,", "line 2.state")]
    [InlineData("attached to nothing of the list", "volume,n-1,,,,,1,,,n-7", "line 2.attachedTo")]
    [InlineData("too few fields", "server,n-1", "line 2")]
    public async Task Every_fault_of_a_list_is_named_by_its_line_and_nothing_is_written(
        string because,
        string row,
        string path
    )
    {
        await using var province = await Province.FoundAsync(Hands.Manual());

        var refused = await HandInAsync(province, Head + row);
        Assert.True(refused.Refusal?.Code == "inventory.invalid", because);
        Assert.Contains(path, refused.Refusal!.Faults.Select(f => f.Path));
        var dry = await HandInAsync(province, Head + row, isDryRun: true);
        Assert.Contains(path, dry.Value.Faults.Select(f => f.Path));
        Assert.Empty(await province.RunsAsync("hand-a"));
    }

    [Fact]
    public async Task A_pool_whose_cloud_lists_and_measures_takes_nothing_by_hand()
    {
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a"));

        Assert.Equal("inventory.byCloud", (await HandInAsync(province, Head + Server, pool: "mock-a")).Refusal?.Code);
        Assert.Equal("samples.byCloud", (await MeasuredAsync(province, "nativeId,slot\n", "mock-a")).Refusal?.Code);
    }

    [Fact]
    public async Task Art22_Samples_are_taken_once_and_what_cannot_be_is_set_aside_by_line()
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        var server = (await FulfilmentTests.ServedAsync(province, Servers(1)))[0];
        province.At("2026-10-14 10:00");

        var done = await MeasuredAsync(
            province,
            """
            nativeId,slot,cpu,memory,disk,in,out
            n-1,2026-10-13T08:00+08:00,50,60.5,,1000,2000
            n-1,2026-10-13T08:00+08:00,70,,,,
            n-1,2026-10-13T08:05:00+08:00,401,20,,,
            n-1,2026-10-13T08:07+08:00,50,,,,
            n-9,2026-10-13T08:00+08:00,50,,,,
            n-1,2026-09-01T08:00+08:00,50,,,,
            n-1,2026-10-13T00:15:00Z,,,,,
            """
        );

        Assert.Equal((7, 2, 3), (done.Value.Rows, done.Value.Taken, done.Value.Known));
        Assert.Equal(
            ["4 Cpu TooLarge", "5  OffSlot", "6  UnknownServer"],
            done.Value.SetAside.Select(l => $"{l.Line} {l.Value.Metric} {l.Value.Reason}")
        );
        var rows = await RowsAsync(province, server);
        Assert.Equal([(50f, 60.5f), (null, 20f)], rows.Select(r => (r.Cpu, r.Memory)));

        // A day earlier comes late, and the same again.
        const string late = "实例ID,时刻,CPU%\nn-1,2026-10-12T08:00+08:00,10\n";
        Assert.Equal(1, (await MeasuredAsync(province, late)).Value.Taken);
        Assert.Equal((0, 1), await AgainAsync());
        Assert.Equal(3, (await RowsAsync(province, server)).Count);

        async Task<(int Taken, int Known)> AgainAsync()
        {
            var again = (await MeasuredAsync(province, late)).Value;
            return (again.Taken, again.Known);
        }
    }

    [Theory]
    [InlineData("no such column", "nativeId,slot,gpu\nn-1,2026-10-13T08:00+08:00,1", "line 1")]
    [InlineData("no slot", "nativeId,cpu\nn-1,1", "line 1")]
    [InlineData("a slot without its offset", "nativeId,slot\nn-1,2026-10-13T08:00", "line 2.slot")]
    [InlineData("a slot that is not over", "nativeId,slot,cpu\nn-1,2026-10-14T10:00+08:00,1", "line 2.slot")]
    [InlineData("a value in words", "nativeId,slot,cpu\nn-1,2026-10-13T08:00+08:00,half", "line 2.cpu")]
    [InlineData("no rows", "nativeId,slot", "line 1")]
    public async Task A_line_that_cannot_be_read_refuses_the_file(string because, string csv, string path)
    {
        await using var province = await Province.FoundAsync(Hands.Manual());
        province.At("2026-10-14 10:00");

        var refused = await MeasuredAsync(province, csv);

        Assert.True(refused.Refusal?.Code == "samples.invalid", because);
        Assert.Equal(path, Assert.Single(refused.Refusal!.Faults).Path);
    }

    private static async Task<InventoryRun> ListedAsync(Province province, string csv, DateOnly? day = null)
    {
        var done = await HandInAsync(province, csv, day);
        Assert.True(done.IsDone, $"{done.Refusal} {string.Join("; ", done.Refusal?.Faults ?? [])}");
        return done.Value.Run!;
    }

    private static Task<Result<HandedIn>> HandInAsync(
        Province province,
        string csv,
        DateOnly? day = null,
        bool isDryRun = false,
        string pool = "hand-a"
    )
    {
        var check = new Check();
        var list = new HandedList(day, HandedFile.Read(csv, check), isDryRun);
        return province
            .Get<HandInInventory>()
            .ExecuteAsync(PoolOf(province, pool), list, check, Wants("inventory.handIn"), CancellationToken.None);
    }

    private static Task<Result<SamplesIn>> MeasuredAsync(Province province, string csv, string pool = "hand-a") =>
        province
            .Get<HandInSamples>()
            .ExecuteAsync(PoolOf(province, pool), csv, false, Wants("samples.handIn"), CancellationToken.None);

    private static Task<IReadOnlyList<SampleRow>> RowsAsync(Province province, Resource server) =>
        province
            .Get<ISampleStore>()
            .ReadAsync(server.Id, new SlotRange(0, Slots.Of(province.Clock.GetUtcNow())), CancellationToken.None);

    private static Pool PoolOf(Province province, string id) =>
        province.Get<IPools>().TryFind(new PoolId(id), out var pool) ? pool : throw new InvalidOperationException(id);

    private static Intent Wants(string action) => new(Origin.Platform, action, new Subject("pool", "hand-a"));
}
