using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.Judging;

/// <summary>Which policy judges what is in a region, and the day of the judgement.</summary>
/// <param name="Day">Windows end where it begins.</param>
/// <param name="PolicyOf">The policy by region.</param>
public sealed record JudgingTerms(DateOnly Day, Func<string, MonitoringPolicy> PolicyOf)
{
    internal FindingWindow WindowOf(Resource resource) =>
        FindingWindow.Before(Day, PolicyOf(resource.Region).Numbers.WindowDays);
}

/// <summary>A page of servers with what the books know of them.</summary>
public sealed record ServerPage(
    IReadOnlyList<Resource> Servers,
    ILookup<string, Finding> Inventory,
    IReadOnlyDictionary<ResourceId, ApprovedSize> Approved,
    string? Next
);

/// <summary>A judged server, and what it adds to its system.</summary>
public sealed record JudgedServer(Resource Server, JudgedSubject Subject, ServerShare Share);

/// <summary>Judges servers page by page (art. 22): the same whether findings or a trial come of it.</summary>
public sealed class JudgeServers(IJudgedResources resources, IUsageSummaries summaries, AdviseVerdicts advise)
{
    public async Task<ServerPage> ReadAsync(
        ITransaction transaction,
        JudgedScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var servers = await resources.ServersAsync(transaction, scope, page, cancellationToken);
        var ids = servers.Items.Select(s => s.Id.ToString()).ToList();
        var inventory = await resources.InventoryAsync(transaction, ids, scope.Day, cancellationToken);
        var approved = await resources.ApprovedAsync(transaction, servers.Items, cancellationToken);
        return new ServerPage(servers.Items, inventory.ToLookup(f => f.Subject.Id), approved, servers.Next);
    }

    /// <summary>The use of those servers that were in service over the whole window.</summary>
    public async Task<IReadOnlyDictionary<ResourceId, ServerUse>> MeasureAsync(
        ServerPage page,
        JudgingTerms terms,
        CancellationToken cancellationToken
    )
    {
        var windows = page
            .Servers.Select(s => (Server: s, Window: terms.WindowOf(s)))
            .Where(s => Judge.IsOldEnough(s.Server, s.Window))
            .Select(s => new DayWindow(s.Server.Id, s.Window.From, s.Window.Until))
            .ToList();
        var uses = windows.Count == 0 ? [] : await summaries.ReadAsync(windows, cancellationToken);
        return uses.ToDictionary(u => u.Window.Resource);
    }

    public async Task<IReadOnlyList<JudgedServer>> ExecuteAsync(
        ServerPage page,
        IReadOnlyDictionary<ResourceId, ServerUse> uses,
        JudgingTerms terms,
        CancellationToken cancellationToken
    )
    {
        var judged = page
            .Servers.Select(server =>
            {
                var policy = terms.PolicyOf(server.Region);
                var facts = FactsOf(server, page, uses.GetValueOrDefault(server.Id), terms.Day);
                return new ServerVerdicts(facts, policy, Judge.Server(facts, policy.Numbers));
            })
            .ToList();
        var advised = await advise.ExecuteAsync(judged, cancellationToken);
        return
        [
            .. advised.Select(each => new JudgedServer(
                each.Facts.Server,
                new JudgedSubject(
                    SubjectOf(each.Facts.Server),
                    ScopeOf(each.Facts.Server),
                    each.Policy.Name,
                    each.Verdicts
                ),
                ServerShare.Of(each.Facts, each.Verdicts, terms.WindowOf(each.Facts.Server))
            )),
        ];
    }

    /// <summary>A resource as findings name it.</summary>
    internal static FindingSubject SubjectOf(Resource resource) =>
        FindingSubject.Of(resource.Kind, resource.Id.ToString(), resource.Pool, Provisioning.Creating.NameOf(resource));

    internal static FindingScope ScopeOf(Resource resource) =>
        new(resource.Tenant, resource.Provider, resource.Region) { System = resource.System };

    private static ServerFacts FactsOf(Resource server, ServerPage page, ServerUse? use, DateOnly day)
    {
        var found = page.Inventory[server.Id.ToString()].ToList();
        return new ServerFacts(server, day)
        {
            Use = use,
            Off = Of(FindingDetail.Stopped),
            Resized = Of(FindingDetail.Resized),
            Approved = page.Approved.GetValueOrDefault(server.Id),
        };

        LastingFacts? Of(FindingDetail detail) =>
            found.Find(f => f.Kind == FindingKind.Drift && f.Detail == detail) is { } finding
                ? LastingFacts.Of(finding, day)
                : null;
    }
}
