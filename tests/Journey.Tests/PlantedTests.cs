using System.Globalization;
using System.Text.Json;
using CloudManager.Core.Findings;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;
using static CloudManager.Journey.Tests.Support.SampleTerms;

namespace CloudManager.Journey.Tests;

/// <summary>What was planted is found, nothing else is, and missing data is never low use (art. 22).</summary>
public sealed class PlantedTests : IDisposable
{
    private const int Day = 288;
    private const int Window = 28;
    private readonly string _traces = Directory.CreateTempSubdirectory("cloudmanager-traces-").FullName;

    public void Dispose() => Directory.Delete(_traces, recursive: true);

    [Fact]
    public async Task Art22_Exactly_the_planted_zombies_low_use_and_wrong_sizes_are_found()
    {
        string[] habits = ["idle", "lowUse", "oversized", "rightSized", "busy", "bursty", "officeHours"];
        var settings = JsonSerializer.Serialize(new { habits });
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: settings));
        var served = await province.ServeAsync("2026-09-30 10:00", Servers(2 * habits.Length, 8, 16));

        await Advancing.ToAsync(province, "2026-12-15T09:00:00+08:00");

        var found = await UseFindingsAsync(province);
        var expected = served
            .Select(s => (s.Id.ToString(), Kind: KindOf(habits[NumberOf(s) % habits.Length])))
            .Where(s => s.Kind is not null)
            .Select(s => $"{s.Item1} {s.Kind}");
        Assert.Equal(expected.Order(), found.Select(f => $"{f.Subject.Id} {f.Kind}").Order());
        Assert.All(found, f => Assert.Equal(FindingState.Open, f.State));
        Assert.All(
            found,
            f => Assert.Equal(new DateTimeOffset(2026, 11, 2, 4, 0, 0, TimeSpan.FromHours(8)), f.OpenedAt)
        );
    }

    [Fact]
    public async Task Art22_Missing_data_is_never_low_use_and_never_a_recommendation()
    {
        Write("0.txt", "1 5 -", missingDays: 0);
        Write("1.txt", "1 5 -", missingDays: 5);
        Write("2.txt", "1 5 -", missingDays: 6);
        Write("3.txt", "90 90 -", missingDays: 6);
        var settings = JsonSerializer.Serialize(new { traces = _traces });
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: settings));
        var served = await province.ServeAsync("2026-09-30 10:00", Servers(4));

        await Advancing.ToAsync(province, "2026-11-02T05:00:00+08:00");

        // Of 28 days 5 missing leave 82 %, 6 leave 79 %.
        var found = await UseFindingsAsync(province);
        Assert.Equal([0, 1], found.Select(f => NumberOf(served.Single(s => s.Id.ToString() == f.Subject.Id))).Order());
        Assert.All(found, f => Assert.Equal(FindingKind.LowUse, f.Kind));
        Assert.All(found, f => Assert.NotNull(f.Recommendation));
    }

    private static string? KindOf(string habit) =>
        habit switch
        {
            "idle" => nameof(FindingKind.Zombie),
            "lowUse" => nameof(FindingKind.LowUse),
            "oversized" => nameof(FindingKind.Oversized),
            "busy" => nameof(FindingKind.Undersized),
            _ => null,
        };

    /// <summary>Every finding of use about a server that was ever opened.</summary>
    private static async Task<IReadOnlyList<Finding>> UseFindingsAsync(Province province) =>
        [
            .. (await province.FindingsAsync(state: null)).Where(f =>
                f.Subject.Id.StartsWith(ResourceId.Prefix, StringComparison.Ordinal)
                && f.Kind is FindingKind.Zombie or FindingKind.LowUse or FindingKind.Oversized or FindingKind.Undersized
            ),
        ];

    /// <summary>Its number in the simulated cloud, from 0.</summary>
    private static int NumberOf(Resource server) =>
        int.Parse(server.NativeId!.Value.Value.Split('-')[^1], CultureInfo.InvariantCulture) - 1;

    /// <summary>A window's days, of which some, one after the other, hold no sample.</summary>
    private void Write(string name, string line, int missingDays) =>
        File.WriteAllLines(
            Path.Combine(_traces, name),
            Enumerable
                .Range(0, Window * Day)
                .Select(slot => slot / Day is >= 10 and var d && d < 10 + missingDays ? "" : line)
        );
}
