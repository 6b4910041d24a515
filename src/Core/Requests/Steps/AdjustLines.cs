using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests.Steps;

/// <summary>Replaces a request's lines by others that may be ordered today.</summary>
public sealed class AdjustLines(ReadOrderingTerms readTerms)
{
    /// <summary>The request with these lines, or with its own examined again; or what is wrong with them.</summary>
    public async Task<Result<ServiceRequest>> ReplaceAsync(
        Step step,
        IReadOnlyList<LineInput>? lines,
        CancellationToken cancellationToken
    )
    {
        var terms = await readTerms.ExecuteAsync(step.Transaction, China.Day(step.Now), cancellationToken);
        if (terms.Refusal is { } refusal)
        {
            return refusal;
        }

        var check = new Check();
        var own = step.Request.Lines;
        var inputs = lines is null
            ? [.. own.Select(l => new LineInput(l.Item, l.Quantity, l.Pool, l.Spec, l.No))]
            : Numbered(lines, own);
        var fallback = own.Select(l => l.Pool).Distinct().Take(2).ToList() is [var only] ? only : (PoolId?)null;
        var examined = LineRules.Examine(inputs, fallback, terms.Value, check);
        return check.IsClean ? step.Request with { Lines = examined } : check.Refusal("request.invalid");
    }

    /// <summary>A line without a number stands for the next own line of its item and pool, or is new.</summary>
    private static List<LineInput> Numbered(IReadOnlyList<LineInput> lines, IReadOnlyList<RequestLine> own)
    {
        var taken = lines.Where(l => l.No is not null).Select(l => l.No!.Value).ToHashSet();
        var next = own.Select(l => l.No).Concat(taken).DefaultIfEmpty(0).Max();
        var numbered = new List<LineInput>(lines.Count);
        foreach (var line in lines)
        {
            var match = own.FirstOrDefault(l =>
                !taken.Contains(l.No) && l.Item == line.Item && (line.Pool is null || l.Pool == line.Pool)
            );
            var no = line.No ?? match?.No ?? ++next;
            taken.Add(no);
            numbered.Add(line with { No = no, Pool = line.Pool ?? own.FirstOrDefault(l => l.No == no)?.Pool });
        }

        return numbered;
    }
}
