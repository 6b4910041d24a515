using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>Finds whose a system is, and whether the caller may take things over for it.</summary>
public sealed class ReadOwner(ISystemStore systems, IOrganisationStore organisations)
{
    /// <summary>The system and its tenant; null if the check has a fault for it.</summary>
    public async Task<(InformationSystem System, Organisation Tenant)?> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        (string Code, string Path) asked,
        Check check,
        CancellationToken cancellationToken
    )
    {
        var system = asked.Code.Contains('\0', StringComparison.Ordinal)
            ? null
            : await systems.FindAsync(transaction, asked.Code, cancellationToken);
        var tenant = system is null
            ? null
            : await organisations.FindAsync(transaction, system.Tenant, cancellationToken);
        if (system is null || tenant is null)
        {
            check.Fault(
                asked.Path,
                asked.Code,
                ("已登记的系统代码", "the code of a registered system"),
                "system.notFound"
            );
            return null;
        }

        if (by.Organisation?.Region != tenant.Region)
        {
            check.Fault(
                asked.Path,
                asked.Code,
                ("本行政区划云使用单位的系统", "a system of a tenant of one's own region (art. 14, 43)"),
                "system.wrongRegion"
            );
            return null;
        }

        return (system, tenant);
    }
}

/// <summary>Takes servers over (纳管, art. 14) for one system, with the paper that proves whose they are.</summary>
public sealed class TakeOverServers(
    ReadTakeoverTerms readTerms,
    ReadOwner readOwner,
    ExamineTakeover examine,
    RegisterTakeover register
)
{
    public async Task<Result<ServiceRequest>> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        TakeoverInput input,
        CancellationToken cancellationToken
    )
    {
        if (!by.Is(OrganisationKind.TechnicalDepartment))
        {
            return TakeoverWords.NotTechnical();
        }

        var terms = await readTerms.ExecuteAsync(transaction, cancellationToken);
        if (terms.Refusal is { } refusal)
        {
            return refusal;
        }

        var check = new Check();
        check.Text("paper", input.Paper, 200);
        var owner = await readOwner.ExecuteAsync(transaction, by, (input.System, "system"), check, cancellationToken);
        if (input.Lines.Count is 0 or > LineRules.MaxLines)
        {
            var most = LineRules.MaxLines;
            check.Fault("lines", input.Lines.Count, ($"1 至 {most} 行", $"1 to {most} lines"));
            return check.Refusal("takeover.invalid");
        }

        var plans = await ExamineAsync(transaction, input, (terms.Value, check), cancellationToken);
        return check.IsClean
            ? await register.ExecuteAsync(transaction, by, owner!.Value, plans, cancellationToken)
            : check.Refusal("takeover.invalid");
    }

    private async Task<IReadOnlyList<TakeoverPlan>> ExamineAsync(
        ITransaction transaction,
        TakeoverInput input,
        (TakeoverTerms Terms, Check Check) against,
        CancellationToken cancellationToken
    )
    {
        var plans = new List<TakeoverPlan>();
        var seen = new HashSet<(PoolId, NativeId)>();
        for (var i = 0; i < input.Lines.Count; i++)
        {
            var (line, path) = (input.Lines[i], $"lines[{i}]");
            if (!seen.Add((line.Pool, line.NativeId)))
            {
                TakeoverWords.Twice(against.Check, path, line);
                continue;
            }

            var asked = (line, input.Paper, path);
            if (await examine.ExecuteAsync(transaction, asked, against, cancellationToken) is { } plan)
            {
                plans.Add(plan);
            }
        }

        return plans;
    }
}
