using System.Globalization;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Findings;

/// <summary>
/// Advice from the test (art. 19(4)): for each line of servers the smallest size on offer whose p95 demand, of the
/// busiest server, stays under the target with CPU and memory alike. Without enough data it says so and advises nothing.
/// </summary>
public sealed class AdviseSizes(ReadTested tested, IUsageSummaries summaries, IPools pools, SizingPolicy policy)
    : ITestUse
{
    public async Task<Advice> AdviseAsync(
        ServiceRequest request,
        (DateOnly From, DateOnly Until) days,
        CancellationToken cancellationToken
    )
    {
        var test = await tested.ExecuteAsync(request, days.Until, cancellationToken);
        IReadOnlyList<ServerUse> used =
            days.Until > days.From
                ? await summaries.ReadAsync(
                    [.. test.Servers.Select(s => new DayWindow(s.Id, days.From, days.Until))],
                    cancellationToken
                )
                : [];
        var lines = test
            .Lines.Select(line =>
            {
                var own = test.Servers.Where(s => s.Line == line.No).Select(s => s.Id).ToHashSet();
                return Judge(
                    line,
                    test.Edition?.Find(line.Item),
                    [.. used.Where(u => own.Contains(u.Window.Resource))]
                );
            })
            .ToList();
        return new Advice
        {
            Request = request.Id,
            Verdict = Overall(lines),
            From = days.From,
            Until = days.Until,
            TargetPercent = policy.TargetPercent,
            Lines = lines,
        };
    }

    private LineAdvice Judge(RequestLine line, CatalogueItem? item, IReadOnlyList<ServerUse> used)
    {
        if (line.Kind != ItemKind.Server || item is null)
        {
            return Nothing(line, Verdict.NotApplicable, AdviceWords.OnlyServers);
        }

        if (used.Count == 0)
        {
            return Nothing(line, Verdict.NotApplicable, AdviceWords.TooYoung);
        }

        var (cpu, memory) = (Measured(used, u => u.Cpu), Measured(used, u => u.Memory));
        var enough = Math.Min(cpu.Coverage, memory.Coverage) >= policy.LeastCoverage;
        var advice = enough
            ? Size(line, item, (cpu.P95!.Value, memory.P95!.Value))
            : Nothing(line, Verdict.InsufficientData, AdviceWords.TooLittle(cpu, memory, policy));
        return advice with { Cpu = cpu, Memory = memory };
    }

    private LineAdvice Size(RequestLine line, CatalogueItem item, (double Cpu, double Memory) p95)
    {
        var size = new ServerSize(line.Spec.Vcpus!.Value, line.Spec.MemoryGiB!.Value);
        var demand = Demand.Of(size, p95.Cpu, p95.Memory);
        IReadOnlyList<ServerSize> sizes =
            item.FixedSpec is not null || !pools.TryFind(line.Pool, out var pool) ? [size]
            : new PoolOffer(pools, pool).TakesAnySize ? RightSize.Usual(item)
            : RightSize.OnOffer(item, pool.Mapping);
        var right = RightSize.Find(sizes, demand, policy.TargetPercent);
        return new LineAdvice
        {
            Line = line,
            Verdict = Verdict.Determined,
            Recommended = right is { } found
                ? line.Spec with
                {
                    Vcpus = found.Vcpus,
                    MemoryGiB = found.MemoryGiB,
                }
                : null,
            Reasons = [AdviceWords.Need(p95, demand), AdviceWords.Choice(size, right, policy)],
        };
    }

    private static TestMetric Measured(IReadOnlyList<ServerUse> used, Func<ServerUse, MetricUse> metric)
    {
        var measured = used.Where(u => metric(u).Measured > 0).Select(metric).ToList();
        var values = measured.Sum(m => m.Measured);
        return new TestMetric(
            values == 0 ? null : measured.Sum(m => m.Mean!.Value * m.Measured) / values,
            measured.Max(m => m.P95),
            measured.Max(m => m.Max),
            used.Min(u => (double)metric(u).Measured / u.Window.Slots)
        );
    }

    private static Verdict Overall(IReadOnlyList<LineAdvice> lines) =>
        lines.Any(l => l.Verdict == Verdict.Determined) ? Verdict.Determined
        : lines.Any(l => l.Verdict == Verdict.InsufficientData) ? Verdict.InsufficientData
        : Verdict.NotApplicable;

    private static LineAdvice Nothing(RequestLine line, Verdict verdict, Bilingual reason) =>
        new()
        {
            Line = line,
            Verdict = verdict,
            Reasons = [reason],
        };
}

/// <summary>What was tested: the lines as the test orders delivered them, whatever was advised since.</summary>
public sealed record Tested(
    CatalogueEdition? Edition,
    IReadOnlyList<Resource> Servers,
    IReadOnlyList<RequestLine> Lines
);

/// <summary>
/// Reads what a request tested. The sizes are those of the test orders: a percentage measured is one of what was
/// allocated then.
/// </summary>
public sealed class ReadTested(
    IBooks books,
    IResourceStore resources,
    IWorkOrderStore orders,
    ICatalogueStore catalogue
)
{
    public Task<Tested> ExecuteAsync(ServiceRequest request, DateOnly day, CancellationToken cancellationToken) =>
        books.ReadAsync(
            async (transaction, token) =>
                new Tested(
                    await catalogue.InForceAsync(transaction, day, token),
                    [
                        .. (await resources.OfRequestAsync(transaction, request.Id, token)).Where(r =>
                            r is { Kind: ItemKind.Server, NativeId: not null }
                        ),
                    ],
                    [
                        .. (await orders.OfRequestAsync(transaction, request.Id, token))
                            .Where(o => o.Kind == WorkOrderKind.Test)
                            .SelectMany(o => o.Lines.Where(l => o.CompletedLines.Contains(l.No)))
                            .OrderBy(l => l.No),
                    ]
                ),
            cancellationToken
        );
}

/// <summary>The reasons of an advice, in words.</summary>
internal static class AdviceWords
{
    public static Bilingual OnlyServers { get; } =
        ("仅对云服务器依据监测数据提出规格建议", "only servers are sized from measurements");

    public static Bilingual TooYoung { get; } =
        ("测试未满一个自然日，或没有正在测试的云服务器", "the test has no whole day yet, or no server is in test");

    public static Bilingual TooLittle(TestMetric cpu, TestMetric memory, SizingPolicy policy) =>
        (
            $"监测覆盖率 CPU {Share(cpu.Coverage)}、内存 {Share(memory.Coverage)}，低于 {Share(policy.LeastCoverage)}，不提出建议",
            $"coverage of CPU {Share(cpu.Coverage)} and memory {Share(memory.Coverage)} is under {Share(policy.LeastCoverage)}: no advice"
        );

    /// <summary>Never rounded up: what is too little must not read as enough.</summary>
    private static string Share(double coverage) =>
        $"{Math.Round(coverage * 100, 1, MidpointRounding.ToZero).ToString("0.#", CultureInfo.InvariantCulture)} %";

    public static Bilingual Need((double Cpu, double Memory) p95, Demand demand) =>
        (
            $"负载最高的服务器 p95：CPU {p95.Cpu:0.##} %（{demand.Vcpus:0.##} 核），内存 {p95.Memory:0.##} %（{demand.MemoryGiB:0.##} GiB）",
            $"p95 of the busiest server: CPU {p95.Cpu:0.##} % ({demand.Vcpus:0.##} cores), memory {p95.Memory:0.##} % ({demand.MemoryGiB:0.##} GiB)"
        );

    public static Bilingual Choice(ServerSize size, ServerSize? right, SizingPolicy policy) =>
        right is not { } found
            ? (
                $"目录内没有规格能使 p95 低于 {policy.TargetPercent:0.##} %，需增加服务器数量",
                $"no size on offer keeps p95 under {policy.TargetPercent:0.##} %: more servers are needed"
            )
        : found == size
            ? (
                $"现有规格已是使 p95 低于 {policy.TargetPercent:0.##} % 的最小规格",
                $"the size is the smallest that keeps p95 under {policy.TargetPercent:0.##} %"
            )
        : (
            $"使 p95 低于 {policy.TargetPercent:0.##} % 的最小规格为 {found.Vcpus} 核 {found.MemoryGiB} GiB",
            $"the smallest size that keeps p95 under {policy.TargetPercent:0.##} % is {found.Vcpus} cores, {found.MemoryGiB} GiB"
        );
}
