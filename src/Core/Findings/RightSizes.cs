using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings;

/// <summary>
/// Finds right sizes (art. 22): processor and memory together, by the larger of p95 and weekly peak, cheapest by the
/// contract price in force. A week profile with too many holes recommends nothing.
/// </summary>
public sealed class RightSizes(ReadSizeTerms readTerms, IUsageCourse course) : IRightSizes
{
    public async Task<IReadOnlyDictionary<ResourceId, Recommendation>> OfAsync(
        IReadOnlyList<MeasuredServerUse> servers,
        PolicyNumbers numbers,
        CancellationToken cancellationToken
    )
    {
        var terms = await readTerms.ExecuteAsync(cancellationToken);
        var candidates = servers.Select(s => Candidate.Of(s, terms)).OfType<Candidate>();
        var asked = candidates.Where(c => c.MayChange(numbers.TargetPercent)).ToList();
        if (asked.Count == 0)
        {
            return new Dictionary<ResourceId, Recommendation>();
        }

        var weeks = await course.WeeksAsync([.. asked.Select(c => c.Measured.Use.Window)], cancellationToken);
        return asked
            .Zip(weeks, (each, week) => (each.Measured.Server.Id, Right: Judge(each, week, numbers, terms)))
            .Where(each => each.Right is not null)
            .ToDictionary(each => each.Id, each => each.Right!);
    }

    public async Task<IReadOnlyDictionary<ResourceId, Recommendation>> GivenBackAsync(
        IReadOnlyList<Resource> resources,
        CancellationToken cancellationToken
    )
    {
        if (resources.Count == 0)
        {
            return new Dictionary<ResourceId, Recommendation>();
        }

        var terms = await readTerms.ExecuteAsync(cancellationToken);
        return resources.ToDictionary(
            r => r.Id,
            r =>
            {
                var saving = terms.Monthly(r, r.Spec);
                return new Recommendation(null, saving, [RightSizeWords.GivenBack(r), RightSizeWords.Saving(saving)]);
            }
        );
    }

    private static Recommendation? Judge(Candidate candidate, WeekUse week, PolicyNumbers numbers, SizeTerms terms)
    {
        if (
            WeekPeak.Of(week.Cpu, numbers.LeastCoverage) is not { } cpu
            || WeekPeak.Of(week.Memory, numbers.LeastCoverage) is not { } memory
        )
        {
            return null;
        }

        var (p95, size) = (candidate.P95, candidate.Size);
        var demand = Demand.Of(size, Math.Max(p95.Cpu, cpu.Percent), Math.Max(p95.Memory, memory.Percent));
        if (RightSize.Find(candidate.Choices, demand, numbers.TargetPercent) is not { } right || right == size)
        {
            return null;
        }

        var server = candidate.Measured.Server;
        var spec = SizeTerms.SpecOf(server, right);
        var saving = terms.Monthly(server, server.Spec) - terms.Monthly(server, spec);
        var serves = demand.Fits(size, numbers.TargetPercent);
        return serves && !Saves(saving, size, right)
            ? null
            : new Recommendation(
                spec,
                saving,
                [
                    RightSizeWords.Need("CPU", p95.Cpu, cpu),
                    RightSizeWords.Need("内存", "memory", p95.Memory, memory),
                    RightSizeWords.Choice(size, right, demand, numbers.TargetPercent),
                    RightSizeWords.Saving(saving),
                    .. RightSizeWords.Hindrances(terms.OfferOf(server), server.Spec, spec),
                ]
            );
    }

    /// <summary>A size that serves is left only for one that costs less, or without prices for one smaller all round.</summary>
    private static bool Saves(decimal? saving, ServerSize size, ServerSize right) =>
        saving is { } yuan ? yuan > 0 : right.Vcpus <= size.Vcpus && right.MemoryGiB <= size.MemoryGiB;

    /// <summary>A server with what was measured of it and the sizes it could have.</summary>
    private sealed record Candidate(
        MeasuredServerUse Measured,
        ServerSize Size,
        (double Cpu, double Memory) P95,
        IReadOnlyList<ServerSize> Choices
    )
    {
        /// <summary>Null for what is no server, was not measured, or has no other size.</summary>
        public static Candidate? Of(MeasuredServerUse measured, SizeTerms terms)
        {
            var (server, use) = measured;
            if (
                server is not { Kind: ItemKind.Server, Spec: { Vcpus: { } vcpus, MemoryGiB: { } memory } }
                || use.Cpu.P95 is not { } cpu
                || use.Memory.P95 is not { } used
            )
            {
                return null;
            }

            var choices = terms.Choices(server);
            return choices.Count == 0 ? null : new(measured, new ServerSize(vcpus, memory), (cpu, used), choices);
        }

        /// <summary>
        /// Whether its week is worth reading: by p95 alone it would change already, or its largest value leaves room for a
        /// peak over the target. No hour's mean is over the largest value.
        /// </summary>
        public bool MayChange(double target)
        {
            var most = Demand.Of(
                Size,
                Measured.Use.Cpu.Max ?? double.MaxValue,
                Measured.Use.Memory.Max ?? double.MaxValue
            );
            return RightSize.Find(Choices, Demand.Of(Size, P95.Cpu, P95.Memory), target) != Size
                || !most.Fits(Size, target);
        }
    }
}

/// <summary>The busiest of the week's 168 hours: the largest hourly mean.</summary>
/// <param name="Percent">Of what was allocated.</param>
/// <param name="Hour">From Monday 00:00 of Asia/Shanghai, 0 to 167; the first of several.</param>
internal readonly record struct WeekPeak(double Percent, int Hour)
{
    /// <summary>Null where fewer of the hours were measured than the share.</summary>
    public static WeekPeak? Of(IReadOnlyList<double?> hours, double leastShare)
    {
        WeekPeak? peak = null;
        var measured = 0;
        for (var hour = 0; hour < hours.Count; hour++)
        {
            if (hours[hour] is { } percent)
            {
                measured++;
                peak = peak is { } top && top.Percent >= percent ? peak : new(percent, hour);
            }
        }

        return measured < leastShare * WeekUse.Hours ? null : peak;
    }
}
