using CloudManager.Core.Findings;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;
using CloudManager.Core.Provisioning;

namespace CloudManager.Core.Reports.Circulars;

/// <summary>
/// Reads what the month's circulars (通报, art. 22(1)) say: use in one pass over the samples, then tenant by tenant findings
/// and plans.
/// </summary>
public sealed class ReadCirculars(
    IBooks books,
    IUtilisation utilisation,
    ReadSystemPlan readPlan,
    CircularBooks register,
    Installation installation
)
{
    /// <summary>One per tenant that had a server in service in the month, in order of code.</summary>
    public async Task<IReadOnlyList<DraftedCircular>> ExecuteAsync(
        Month month,
        DateTimeOffset now,
        IReadOnlyList<Bilingual> notes,
        CancellationToken cancellationToken
    )
    {
        UtilisationBy[] keys = [UtilisationBy.Tenant, UtilisationBy.System];
        var query = new UtilisationQuery(keys[0], month.First, month.End);
        var rows = await utilisation.ReadAsync(query, keys, cancellationToken);
        var known = await books.ReadAsync((t, c) => register.NamesAsync(t, c), cancellationToken);
        var circulars = new List<DraftedCircular>();
        foreach (var row in rows[0])
        {
            var tenant = known.Tenants[row.Tenant!];
            var of = new Part(month, tenant, row, [.. rows[1].Where(s => s.Tenant == tenant.Code)]);
            var (systems, findings) = await books.ReadAsync((t, c) => register.OfAsync(t, of, c), cancellationToken);
            var plans = await PlansAsync(of, cancellationToken);
            var content = new CircularContent
            {
                Id = CircularHead.IdOf(month, tenant.Code),
                Month = month.ToString(),
                Tenant = new Named(tenant.Code, tenant.Name),
                Province = known.Names.Province?.Name ?? installation.Id,
                CreatedAt = China.Local(now),
                Use = MeasureMonth.Figures(row),
                Systems = systems,
                Findings = findings,
                Recommendations = CircularParts.Recommended(plans),
                PossibleSaving = plans.Sum(p => p.Saving),
                Rank = CircularParts.Rank(
                    row,
                    [.. rows[0].Where(r => known.Tenants[r.Tenant!].Region == tenant.Region)]
                ),
                Notes = [.. CircularParts.Notes(row, plans), .. notes],
            };
            circulars.Add(new(Frozen(content, tenant.Region, now), [.. plans.Select(p => SavingOf(p, tenant))]));
        }

        return circulars;
    }

    private async Task<IReadOnlyList<SystemPlan>> PlansAsync(Part of, CancellationToken cancellationToken)
    {
        var plans = new List<SystemPlan>();
        foreach (var system in of.Systems)
        {
            plans.Add(await readPlan.ExecuteAsync(system.System!, of.Month.End, cancellationToken));
        }

        return plans;
    }

    private static PossibleSaving SavingOf(SystemPlan plan, Organisation tenant) =>
        new()
        {
            System = plan.System,
            Tenant = tenant.Code,
            Region = tenant.Region,
            Until = plan.Until,
            Saving = plan.Saving,
            Enough = plan.Enough,
            Changes = plan.Changes.Count,
            LeftOut = plan.LeftOut.Count,
        };

    private static Circular Frozen(CircularContent content, string region, DateTimeOffset now) =>
        new()
        {
            Head = new()
            {
                Id = content.Id,
                Month = content.Month,
                Tenant = content.Tenant.Code,
                Region = region,
                CreatedAt = now,
            },
            Body = ReportJson.Write(content),
        };
}

/// <summary>One tenant's month.</summary>
/// <param name="Month">Which month.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Row">All its servers.</param>
/// <param name="Systems">By system, in order of code.</param>
public sealed record Part(Month Month, Organisation Tenant, UtilisationRow Row, IReadOnlyList<UtilisationRow> Systems);

/// <summary>What stands in the books for circulars.</summary>
public sealed class CircularBooks(
    ReadNames readNames,
    IOrganisationStore organisations,
    ISystemStore systems,
    IFindingStore findings
)
{
    private const int PageSize = 500;

    /// <summary>Every organisation by code, and the names people see.</summary>
    public async Task<(IReadOnlyDictionary<string, Organisation> Tenants, NameBook Names)> NamesAsync(
        ITransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var names = await readNames.ExecuteAsync(transaction, cancellationToken);
        var known = new Dictionary<string, Organisation>();
        foreach (var code in names.Organisations.Keys)
        {
            if (await organisations.FindAsync(transaction, code, cancellationToken) is { } found)
            {
                known[code] = found;
            }
        }

        return (known, names);
    }

    /// <summary>The tenant's systems as they are called, and its findings counted.</summary>
    public async Task<(IReadOnlyList<SystemUse> Systems, IReadOnlyList<FindingTally> Findings)> OfAsync(
        ITransaction transaction,
        Part part,
        CancellationToken cancellationToken
    )
    {
        var used = new List<SystemUse>();
        foreach (var row in part.Systems)
        {
            var system = await systems.FindAsync(transaction, row.System!, cancellationToken);
            used.Add(
                new(
                    row.System!,
                    system?.Name ?? row.System!,
                    system?.Environment ?? SystemEnvironment.Production,
                    MeasureMonth.Figures(row)
                )
            );
        }

        return (used, await CountAsync(transaction, part, cancellationToken));
    }

    private async Task<IReadOnlyList<FindingTally>> CountAsync(
        ITransaction transaction,
        Part part,
        CancellationToken cancellationToken
    )
    {
        var filter = new FindingFilter { Tenant = part.Tenant.Code };
        var all = new List<Finding>();
        for (string? after = null; ; )
        {
            var page = await findings.ListAsync(transaction, filter, new(after, PageSize), cancellationToken);
            all.AddRange(page.Items);
            after = page.Next;
            if (after is null)
            {
                return CircularParts.Count(all, MonthSpan.Of(part.Month));
            }
        }
    }
}
