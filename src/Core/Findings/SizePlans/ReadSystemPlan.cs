using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.SizePlans;

/// <summary>
/// Computes a system's plan (优化方案, art. 22) over the last window of the policy: zombies and idle things are given back,
/// what is too large gets its right size. What has too few data is in none of it, and said.
/// </summary>
public sealed class ReadSystemPlan(ReadSystemResources readResources, IUsageSummaries summaries, IRightSizes rightSizes)
{
    /// <summary>Over the policy's window that ends where the day begins.</summary>
    public async Task<SystemPlan> ExecuteAsync(string system, DateOnly until, CancellationToken cancellationToken)
    {
        var held = await readResources.ExecuteAsync(system, until, cancellationToken);
        var from = until.AddDays(-held.Numbers.WindowDays);
        var idle = held.Resources.Where(r => held.Idle.ContainsKey(r.Id)).ToList();
        var measured = await MeasureAsync(
            [.. held.Resources.Where(r => r.Kind == ItemKind.Server && !held.Idle.ContainsKey(r.Id))],
            (from, until),
            held.Numbers,
            cancellationToken
        );
        var back = await rightSizes.GivenBackAsync(idle, cancellationToken);
        var sizes = await rightSizes.OfAsync(measured.Enough, held.Numbers, cancellationToken);
        var (changes, growth) = SystemPlan.Sort(
            idle.Select(r => new PlannedChange(r, PlannedAction.GiveBack, back[r.Id], held.Idle[r.Id]))
                .Concat(
                    measured
                        .Enough.Where(m => sizes.ContainsKey(m.Server.Id))
                        .Select(m => new PlannedChange(m.Server, PlannedAction.Resize, sizes[m.Server.Id], null))
                )
        );
        return new SystemPlan
        {
            System = system,
            From = from,
            Until = until,
            Changes = changes,
            Growth = growth,
            LeftOut = [.. held.LeftOut.Concat(measured.LeftOut).OrderBy(l => l.Resource.Number)],
        };
    }

    private async Task<(IReadOnlyList<MeasuredServerUse> Enough, IReadOnlyList<LeftOut> LeftOut)> MeasureAsync(
        IReadOnlyList<Resource> servers,
        (DateOnly From, DateOnly Until) days,
        PolicyNumbers numbers,
        CancellationToken cancellationToken
    )
    {
        var young = servers.Where(s => s.ServiceStart > days.From).ToList();
        var old = servers.Except(young).ToList();
        var windows = old.Select(s => new DayWindow(s.Id, days.From, days.Until)).ToList();
        var uses = windows.Count == 0 ? [] : await summaries.ReadAsync(windows, cancellationToken);
        var measured = old.Zip(uses, (s, u) => new MeasuredServerUse(s, u)).ToLookup(m => Covers(m.Use, numbers));
        return (
            [.. measured[true]],
            [
                .. young.Select(s => new LeftOut(s.Id, Verdict.NotApplicable, PlanWords.TooYoung(numbers))),
                .. measured[false]
                    .Select(m => new LeftOut(
                        m.Server.Id,
                        Verdict.InsufficientData,
                        PlanWords.TooLittle(Coverage(m.Use.Cpu, m.Use), Coverage(m.Use.Memory, m.Use), numbers)
                    )),
            ]
        );
    }

    private static bool Covers(ServerUse use, PolicyNumbers numbers) =>
        Math.Min(Coverage(use.Cpu, use), Coverage(use.Memory, use)) >= numbers.LeastCoverage;

    private static double Coverage(MetricUse metric, ServerUse use) => (double)metric.Measured / use.Window.Slots;
}

/// <summary>What a system has in service, and what of it lies idle.</summary>
/// <param name="Resources">In service and unchanging, in order of number.</param>
/// <param name="Idle">The open findings by which resources are to be given back.</param>
/// <param name="LeftOut">What is held and not in service, or being changed.</param>
/// <param name="Numbers">The policy's numbers.</param>
public sealed record SystemResources(
    IReadOnlyList<Resource> Resources,
    IReadOnlyDictionary<ResourceId, FindingId> Idle,
    IReadOnlyList<LeftOut> LeftOut,
    PolicyNumbers Numbers
);

/// <summary>Reads what a system has.</summary>
public sealed class ReadSystemResources(
    IBooks books,
    IResourceStore resources,
    IFindingStore findings,
    IPolicies policies
)
{
    /// <summary>By the policy in force on the day in the region of its resources.</summary>
    public Task<SystemResources> ExecuteAsync(string system, DateOnly day, CancellationToken cancellationToken) =>
        books.ReadAsync(
            async (transaction, token) =>
            {
                var all = await resources.AllAsync(transaction, new() { System = system }, token);
                var held = all.Where(r => r.IsHeld).ToLookup(r => r.State == ResourceState.InService);
                var policy =
                    all.Count == 0 ? null : await policies.InForceAsync(transaction, all[0].Region, day, token);
                return new SystemResources(
                    [.. held[true]],
                    await IdleAsync(transaction, [.. held[true]], token),
                    [
                        .. held[false]
                            .Where(r => r.Kind == ItemKind.Server)
                            .Select(r => new LeftOut(r.Id, Verdict.NotApplicable, PlanWords.NotInService)),
                    ],
                    policy?.Numbers ?? new PolicyNumbers()
                );
            },
            cancellationToken
        );

    private async Task<IReadOnlyDictionary<ResourceId, FindingId>> IdleAsync(
        ITransaction transaction,
        IReadOnlyList<Resource> held,
        CancellationToken cancellationToken
    )
    {
        var idle = new Dictionary<ResourceId, FindingId>();
        foreach (var pool in held.GroupBy(r => r.Pool))
        {
            var bySubject = pool.ToDictionary(r => r.Id.ToString(), r => r.Id);
            foreach (var open in await findings.OpenOfAsync(transaction, pool.Key, bySubject.Keys, cancellationToken))
            {
                if (open.Kind is FindingKind.Zombie or FindingKind.IdleVolume or FindingKind.IdleAddress)
                {
                    idle.TryAdd(bySubject[open.Subject.Id], open.Id);
                }
            }
        }

        return idle;
    }
}
