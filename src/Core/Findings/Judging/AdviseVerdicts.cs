using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.Judging;

/// <summary>A server with its verdicts before anything is recommended.</summary>
internal sealed record ServerVerdicts(ServerFacts Facts, MonitoringPolicy Policy, IReadOnlyList<RuleVerdict> Verdicts)
{
    public bool Holds(FindingKind kind) => Verdicts.Any(v => v.Kind == kind && v.Holds);
}

/// <summary>
/// Puts recommendations to verdicts that hold (art. 22): another size, or giving back. A server is too large only if a
/// smaller size serves.
/// </summary>
public sealed class AdviseVerdicts(IRightSizes sizes)
{
    private static readonly FindingKind[] OfSize = [FindingKind.LowUse, FindingKind.Oversized, FindingKind.Undersized];

    internal async Task<IReadOnlyList<ServerVerdicts>> ExecuteAsync(
        IReadOnlyList<ServerVerdicts> judged,
        CancellationToken cancellationToken
    )
    {
        var right = new Dictionary<ResourceId, Recommendation>();
        foreach (var group in judged.Where(AsksForSize).GroupBy(j => j.Policy.Name))
        {
            var asked = group.Select(j => new MeasuredServerUse(j.Facts.Server, j.Facts.Use!)).ToList();
            var numbers = group.First().Policy.Numbers;
            foreach (var (id, recommendation) in await sizes.OfAsync(asked, numbers, cancellationToken))
            {
                right[id] = recommendation;
            }
        }

        var idle = judged.Where(j => j.Holds(FindingKind.Zombie) || j.Holds(FindingKind.PoweredOff)).ToList();
        var back = await GivenBackAsync([.. idle.Select(j => j.Facts.Server)], cancellationToken);
        return [.. judged.Select(j => Advised(j, right.GetValueOrDefault(j.Facts.Server.Id), back))];
    }

    /// <summary>What giving these back saves.</summary>
    internal async Task<IReadOnlyDictionary<ResourceId, Recommendation>> GivenBackAsync(
        IReadOnlyList<Resource> resources,
        CancellationToken cancellationToken
    ) =>
        resources.Count == 0
            ? new Dictionary<ResourceId, Recommendation>()
            : await sizes.GivenBackAsync(resources, cancellationToken);

    /// <summary>One that is given back needs no other size.</summary>
    private static bool AsksForSize(ServerVerdicts judged) =>
        !judged.Holds(FindingKind.Zombie) && OfSize.Any(judged.Holds);

    private static ServerVerdicts Advised(
        ServerVerdicts judged,
        Recommendation? right,
        IReadOnlyDictionary<ResourceId, Recommendation> back
    )
    {
        if (!judged.Verdicts.Any(v => v.Holds))
        {
            return judged;
        }

        var server = judged.Facts.Server;
        var smaller = right is not null && IsSmaller(server, right) ? right : null;
        return judged with
        {
            Verdicts =
            [
                .. judged.Verdicts.Select(v =>
                    (v.Holds, v.Kind) switch
                    {
                        (false, _) => v,
                        (_, FindingKind.Zombie or FindingKind.PoweredOff) => v with
                        {
                            Recommendation = back.GetValueOrDefault(server.Id),
                        },
                        (_, FindingKind.LowUse) => v with { Recommendation = smaller },
                        (_, FindingKind.Oversized) => smaller is null && !judged.Holds(FindingKind.Zombie)
                            ? v with
                            {
                                Holds = false,
                                Reasons = [.. v.Reasons, RuleWords.NoSmaller],
                            }
                            : v with
                            {
                                Recommendation = smaller,
                            },
                        (_, FindingKind.Undersized) => v with { Recommendation = smaller is null ? right : null },
                        _ => v,
                    }
                ),
            ],
        };
    }

    private static bool IsSmaller(Resource server, Recommendation right) =>
        right.MonthlySaving > 0
        || (
            right.Spec is { } spec
            && spec.Vcpus <= server.Spec.Vcpus
            && spec.MemoryGiB <= server.Spec.MemoryGiB
            && (spec.Vcpus < server.Spec.Vcpus || spec.MemoryGiB < server.Spec.MemoryGiB)
        );
}
