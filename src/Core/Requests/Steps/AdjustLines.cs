using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests.Steps;

/// <summary>Replaces a request's lines by others that may be asked for today.</summary>
public sealed class AdjustLines(ExamineLines examine)
{
    /// <summary>The request with these lines, or with its own examined again; or what is wrong with them.</summary>
    public async Task<Result<ServiceRequest>> ReplaceAsync(
        Step step,
        IReadOnlyList<LineInput>? lines,
        CancellationToken cancellationToken
    )
    {
        var request = step.Request;
        var own = request.Lines;
        var whole =
            request.Type == RequestType.Deregistration && (lines is null ? request.WholeSystem : lines.Count == 0);
        IReadOnlyList<LineInput> inputs =
            whole ? []
            : lines is null ? [.. own.Select(l => l.AsInput())]
            : Numbered(lines, own);
        var fallback = own.Select(l => l.Pool).Distinct().Take(2).ToList() is [var only] ? only : (PoolId?)null;
        var of = new LinesOf(request.Type, request.Tenant, request.System, request.Id);
        var check = new Check();
        var asked = new LinesAsked(inputs, fallback) { Most = Math.Max(LineRules.MaxLines, own.Count) };
        var examined = await examine.ExecuteAsync(step.Transaction, of, asked, check, cancellationToken);
        if (examined.Refusal is { } refusal)
        {
            return refusal;
        }

        return check.IsClean
            ? request with
            {
                Lines = examined.Value,
                WholeSystem = whole,
            }
            : ExamineLines.Refuse(request.Type, check);
    }

    /// <summary>A line without a number stands for the next own line of its item and pool, or is new.</summary>
    private static List<LineInput> Numbered(IReadOnlyList<LineInput> lines, IReadOnlyList<RequestLine> own)
    {
        var taken = lines.Where(l => l.No is not null).Select(l => l.No!.Value).ToHashSet();
        var next = own.Select(l => l.No).Concat(taken).DefaultIfEmpty(0).Max();
        var numbered = new List<LineInput>(lines.Count);
        foreach (var line in lines)
        {
            var match = own.FirstOrDefault(l => !taken.Contains(l.No) && IsSame(l, line));
            var no = line.No ?? match?.No ?? ++next;
            taken.Add(no);
            var pool = line.Resource is null ? own.FirstOrDefault(l => l.No == no)?.Pool : null;
            numbered.Add(line with { No = no, Pool = line.Pool ?? pool });
        }

        return numbered;
    }

    private static bool IsSame(RequestLine own, LineInput line) =>
        line.Resource is not null
            ? own.Resource == line.Resource
            : own.Resource is null && own.Item == line.Item && (line.Pool is null || own.Pool == line.Pool);
}
