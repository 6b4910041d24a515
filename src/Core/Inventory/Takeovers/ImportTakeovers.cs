using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>What a row of a file does, or what is wrong with it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Plan">What is taken over by it; null if it has faults.</param>
/// <param name="Faults">What is wrong with it.</param>
public sealed record ExaminedRow(TakeoverRow Row, TakeoverPlan? Plan, IReadOnlyList<FieldFault> Faults);

/// <summary>A file, examined.</summary>
/// <param name="Rows">Its rows that could be read.</param>
/// <param name="Unreadable">What is wrong with lines that could not.</param>
public sealed record ExaminedFile(IReadOnlyList<ExaminedRow> Rows, IReadOnlyList<FieldFault> Unreadable)
{
    /// <summary>Everything that is wrong with it.</summary>
    public IReadOnlyList<FieldFault> Faults => [.. Unreadable, .. Rows.SelectMany(r => r.Faults)];

    /// <summary>Whose each system of the file is.</summary>
    internal IReadOnlyDictionary<string, (InformationSystem System, Organisation Tenant)> Owners { get; init; } =
        new Dictionary<string, (InformationSystem, Organisation)>();
}

/// <summary>
/// Takes over what a CSV file lists (纳管, art. 14): all of it or, with one fault anywhere, nothing; one request per
/// system. Examining alone writes nothing.
/// </summary>
public sealed class ImportTakeovers(
    ReadTakeoverTerms readTerms,
    ReadOwner readOwner,
    ExamineTakeover examine,
    RegisterTakeover register
)
{
    /// <summary>What the file would do, row by row.</summary>
    public async Task<Result<ExaminedFile>> ExamineAsync(
        ITransaction transaction,
        Actor by,
        string text,
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

        var unreadable = new Check();
        var rows = TakeoverFile.Read(text, unreadable);
        var owners = new Dictionary<string, (InformationSystem, Organisation)>();
        var examined = new List<ExaminedRow>(rows.Count);
        var seen = new HashSet<(Pools.PoolId, Adapters.Sdk.NativeId)>();
        foreach (var row in rows)
        {
            var check = new Check();
            var asked = (row.System, $"{row.Path}.system");
            if (
                !owners.ContainsKey(row.System)
                && await readOwner.ExecuteAsync(transaction, by, asked, check, cancellationToken) is { } owner
            )
            {
                owners[row.System] = owner;
            }

            if (!seen.Add((row.Server.Pool, row.Server.NativeId)))
            {
                TakeoverWords.Twice(check, row.Path, row.Server);
            }

            var what = (row.Server, row.Paper, row.Path);
            var plan = await examine.ExecuteAsync(transaction, what, (terms.Value, check), cancellationToken);
            examined.Add(new ExaminedRow(row, check.IsClean ? plan : null, check.Faults));
        }

        return new ExaminedFile(examined, unreadable.Faults) { Owners = owners };
    }

    /// <summary>Takes all of it over; the requests, one per system in the order of the file.</summary>
    public async Task<Result<IReadOnlyList<ServiceRequest>>> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        string text,
        CancellationToken cancellationToken
    )
    {
        var examined = await ExamineAsync(transaction, by, text, cancellationToken);
        if (examined.Refusal is { } refusal)
        {
            return refusal;
        }

        var faults = examined.Value.Faults;
        if (faults.Count > 0)
        {
            return new Invalid(
                "takeover.invalid",
                (
                    $"文件有 {faults.Count} 处错误，未纳管任何资源",
                    $"the file has {faults.Count} fault(s); nothing was taken over"
                )
            )
            {
                Faults = faults,
            };
        }

        var requests = new List<ServiceRequest>();
        foreach (var system in examined.Value.Rows.GroupBy(r => r.Row.System))
        {
            var owner = examined.Value.Owners[system.Key];
            IReadOnlyList<TakeoverPlan> plans = [.. system.Select(r => r.Plan!)];
            requests.Add(await register.ExecuteAsync(transaction, by, owner, plans, cancellationToken));
        }

        return Result.Of<IReadOnlyList<ServiceRequest>>(requests);
    }
}
