using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>Whose lines they are.</summary>
/// <param name="Type">The request's type.</param>
/// <param name="Tenant">The tenant's organisation code.</param>
/// <param name="System">The system's code.</param>
/// <param name="Request">The request itself, which does not stand in its own way; null before it is created.</param>
public sealed record LinesOf(RequestType Type, string Tenant, string System, RequestId? Request);

/// <summary>What is asked.</summary>
/// <param name="Lines">The lines; none in a deregistration is the whole system.</param>
/// <param name="Pool">The pool of lines that name none.</param>
public sealed record LinesAsked(IReadOnlyList<LineInput> Lines, PoolId? Pool)
{
    /// <summary>How many lines there may be; those of a whole system are as many as it has resources.</summary>
    public int Most { get; init; } = LineRules.MaxLines;
}

/// <summary>
/// Examines the lines of a request by the rules of its type, listing every fault: by the catalogue (art. 19), as a change
/// of what is in service (art. 20), or as its end (art. 21).
/// </summary>
public sealed class ExamineLines(
    ReadOrderingTerms readTerms,
    IStandingResources standing,
    IOpenRequests open,
    TimeProvider businessTime
)
{
    /// <summary>The lines as a request keeps them; what is wrong with them stands in <paramref name="check"/>.</summary>
    public async Task<Result<IReadOnlyList<RequestLine>>> ExecuteAsync(
        ITransaction transaction,
        LinesOf of,
        LinesAsked asked,
        Check check,
        CancellationToken cancellationToken
    )
    {
        if (of.Type == RequestType.Deregistration)
        {
            var ending = await StockAsync(transaction, of, cancellationToken);
            return Result.Of(DeregistrationRules.Examine(asked, ending, check));
        }

        var terms = await readTerms.ExecuteAsync(transaction, businessTime.Today(), cancellationToken);
        if (terms.Refusal is { } refusal)
        {
            return refusal;
        }

        if (of.Type != RequestType.Change)
        {
            return Result.Of(LineRules.Examine(asked.Lines, asked.Pool, terms.Value, check));
        }

        var stock = await StockAsync(transaction, of, cancellationToken);
        return Result.Of(new ChangeRules(terms.Value, stock, check).Examine(asked));
    }

    /// <summary>The refusal of what was found: where all of it is of one kind, by the code of that kind.</summary>
    internal static Invalid Refuse(RequestType type, Check check)
    {
        var codes = check.Faults.Select(f => f.Code).Distinct().Take(2).ToList();
        return type != RequestType.Provision && codes is [{ } only]
            ? check.Refusal(only)
            : check.Refusal("request.invalid");
    }

    private async Task<SystemStock> StockAsync(
        ITransaction transaction,
        LinesOf of,
        CancellationToken cancellationToken
    )
    {
        var resources = await standing.OfSystemAsync(transaction, (of.Tenant, of.System), cancellationToken);
        var others = await open.OfSystemAsync(transaction, of.System, cancellationToken);
        var heldBy = new Dictionary<string, RequestId>();
        foreach (var other in others.Where(o => o.Id != of.Request))
        {
            foreach (var line in other.Lines.Where(l => l.Resource is not null))
            {
                heldBy[line.Resource!] = other.Id;
            }
        }

        return new SystemStock(resources, heldBy);
    }
}
