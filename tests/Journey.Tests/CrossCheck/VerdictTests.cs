using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Journey.Tests.CrossCheck;

/// <summary>Verdicts on real measured series beside an independent computation in another language (art. 22).</summary>
public sealed class VerdictTests
{
    private const int Count = 200;
    private const double Exact = 1e-11;
    private static readonly DateOnly Day = new(2026, 11, 1);

    private static readonly (string Name, PolicyNumbers Numbers)[] Policies =
    [
        ("defaults", new PolicyNumbers()),
        (
            "strict",
            new PolicyNumbers
            {
                WindowDays = 28,
                LowUse = new()
                {
                    CpuMean = 20,
                    CpuP95 = 35,
                    MemoryMean = 50,
                    MemoryP95 = 60,
                },
                TooLarge = new(60, 65),
                TooSmall = new(61, 66),
                TargetPercent = 70,
            }
        ),
        (
            "lenient",
            new PolicyNumbers
            {
                LeastCoverage = 1,
                LowUse = new()
                {
                    CpuMean = 5,
                    CpuP95 = 10,
                    MemoryMean = 20,
                    MemoryP95 = 25,
                },
                TooLarge = new(20, 30),
                TooSmall = new(95, 95),
                TargetPercent = 95,
            }
        ),
    ];

    [Fact]
    public async Task Art22_Verdicts_on_real_traces_equal_an_independent_computation()
    {
        Assert.SkipUnless(Traces.Folder is not null, Traces.Missing);
        var answer = await Independent.AnswerAsync(Question());
        Assert.SkipUnless(answer is not null, Independent.Missing);
        var settings = JsonSerializer.Serialize(new { traces = Traces.Folder });
        await using var province = await Province.FoundAsync(Province.Mock("mock-a", "provider-a", settings: settings));
        await province.ServeAsync("2026-09-30 10:00", SampleTerms.Servers(Count));
        province.At("2026-11-01 00:05");
        var look = await province.Get<CollectSamples>().LookAsync(CancellationToken.None);
        Assert.Equal(LookOutcome.Done, look.Outcome);
        var files = Directory.GetFiles(Traces.Folder!).Order(StringComparer.Ordinal).Select(Path.GetFileName).ToList();
        Assert.Equal(Count, files.Count);

        var all = new List<JudgedServer>();
        foreach (var (name, numbers) in Policies)
        {
            var (judged, uses) = await JudgeAsync(province, name, numbers);
            var sizes = await SizesAsync(province, judged, uses, numbers);
            Assert.Equal(Count, judged.Count);
            foreach (var each in judged)
            {
                var number = int.Parse(each.Server.NativeId!.Value.Value.Split('-')[^1]) - 1;
                var own = answer[files[number]!]!;
                AssertNumbers(own["use"]!, uses[each.Server.Id]);
                AssertVerdicts(own["policies"]![name]!["verdicts"]!, each.Subject.Verdicts);
                AssertSize(own["policies"]![name]!["size"], each.Server, sizes.GetValueOrDefault(each.Server.Id));
            }

            all.AddRange(judged);
        }

        AssertTelling(all);
        Assert.True((double)answer["018.txt"]!["use"]!["memory"]!["max"]! > 100);
    }

    private static object Question() =>
        new
        {
            days = 28,
            levels = new { quiet = UseLevels.Quiet, busy = UseLevels.Busy },
            size = new { vcpus = 4, memoryGiB = 8 },
            sizes = new[] { (2, 4), (4, 8), (8, 16) }.Select(s => new
            {
                vcpus = s.Item1,
                memoryGiB = s.Item2,
                yuan = $"{9 * (s.Item1 + s.Item2)}.00",
            }),
            policies = Policies.Select(p => new { name = p.Name, numbers = p.Numbers }),
        };

    private static async Task<(
        IReadOnlyList<JudgedServer> Judged,
        IReadOnlyDictionary<ResourceId, ServerUse> Uses
    )> JudgeAsync(Province province, string name, PolicyNumbers numbers)
    {
        var judge = province.Get<JudgeServers>();
        var policy = MonitoringPolicy.Defaults(name) with { Numbers = numbers };
        var terms = new JudgingTerms(Day, _ => policy);
        var page = await province.ReadAsync(
            (t, c) => judge.ReadAsync(t, new JudgedScope(Day), new PageRequest(null, Count), c)
        );
        var uses = await judge.MeasureAsync(page, terms, CancellationToken.None);
        return (await judge.ExecuteAsync(page, uses, terms, CancellationToken.None), uses);
    }

    private static Task<IReadOnlyDictionary<ResourceId, Recommendation>> SizesAsync(
        Province province,
        IReadOnlyList<JudgedServer> judged,
        IReadOnlyDictionary<ResourceId, ServerUse> uses,
        PolicyNumbers numbers
    ) =>
        province
            .Get<IRightSizes>()
            .OfAsync(
                [.. judged.Select(j => new MeasuredServerUse(j.Server, uses[j.Server.Id]))],
                numbers,
                CancellationToken.None
            );

    private static void AssertNumbers(JsonNode own, ServerUse use)
    {
        AssertNumbers(own["cpu"]!, use.Cpu, use.Window.Slots);
        AssertNumbers(own["memory"]!, use.Memory, use.Window.Slots);
        AssertNumbers(own["disk"]!, use.Disk, use.Window.Slots);
    }

    private static void AssertNumbers(JsonNode own, MetricUse use, long slots)
    {
        Assert.Equal((long)own["measured"]!, use.Measured);
        Assert.Equal((double)own["coverage"]!, (double)use.Measured / slots);
        Assert.Equal((double?)own["mean"] ?? -1, use.Mean ?? -1, Exact);
        Assert.Equal((double?)own["p95"], use.P95);
        Assert.Equal((double?)own["p99"], use.P99);
        Assert.Equal((double?)own["max"], use.Max);
        Assert.Equal(((long)own["below"]!, (long)own["above"]!), (use.Below, use.Above));
    }

    private static void AssertVerdicts(JsonNode own, IReadOnlyList<RuleVerdict> verdicts)
    {
        AssertVerdict("zombie", FindingKind.Zombie);
        AssertVerdict("lowUse", FindingKind.LowUse);
        AssertVerdict("tooLarge", FindingKind.Oversized);
        AssertVerdict("tooSmall", FindingKind.Undersized);

        void AssertVerdict(string rule, FindingKind kind)
        {
            var verdict = Assert.Single(verdicts, v => v.Kind == kind);
            var said =
                verdict.Verdict == Verdict.InsufficientData ? "insufficientData"
                : verdict.Verdict != Verdict.Determined ? verdict.Verdict.ToString()
                : verdict.Holds ? "held"
                : "notHeld";
            Assert.Equal((string?)own[rule], said);
        }
    }

    /// <summary>A size that is right already, or that none can take the place of, is not recommended.</summary>
    private static void AssertSize(JsonNode? own, Resource server, Recommendation? recommendation)
    {
        var expected = own is null ? null : ((int?)own["vcpus"], (int?)own["memoryGiB"]) as (int?, int?)?;
        if (expected == (server.Spec.Vcpus, server.Spec.MemoryGiB))
        {
            expected = null;
        }

        Assert.Equal(expected, recommendation?.Spec is { } spec ? (spec.Vcpus, spec.MemoryGiB) : ((int?, int?)?)null);
    }

    /// <summary>A comparison in which a rule said the same of every server by every policy would show little.</summary>
    private static void AssertTelling(IReadOnlyList<JudgedServer> judged)
    {
        foreach (var kind in (FindingKind[])[FindingKind.LowUse, FindingKind.Oversized, FindingKind.Undersized])
        {
            var held = judged.Count(j => j.Subject.Verdicts.Any(v => v.Kind == kind && v.Holds));
            Assert.InRange(held, 1, judged.Count - 1);
        }
    }
}
