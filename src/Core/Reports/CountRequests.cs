using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Reports;

/// <summary>Requests of the month and the deadlines of their steps (art. 19–21), each with the party that answers for it.</summary>
public sealed class CountRequests(IRequestCounts counts)
{
    /// <summary>The steps in the order of the way, and who takes them.</summary>
    private static readonly IReadOnlyList<(string Step, Party Responsible)> Steps =
    [
        (Deadlines.Accept, Party.Authority),
        (Deadlines.Review, Party.Authority),
        (Deadlines.Report, Party.Tenant),
        (Deadlines.Grace, Party.Tenant),
        (Deadlines.Execute, Party.Provider),
        (Deadlines.Confirm, Party.Tenant),
    ];

    public async Task<RequestFigures> ExecuteAsync(
        ITransaction transaction,
        Month month,
        IReadOnlyDictionary<string, string> names,
        CancellationToken cancellationToken
    )
    {
        var span = MonthSpan.Of(month);
        var tallies = await counts.DeadlinesAsync(transaction, span, cancellationToken);
        var missed = new List<MissedDeadline>();
        await foreach (var miss in counts.MissedAsync(transaction, span, cancellationToken))
        {
            missed.Add(Shown(miss, span, names));
        }

        return new RequestFigures(
            await counts.ByTypeAsync(transaction, span, cancellationToken),
            [.. Steps.Select(s => Row(s.Step, s.Responsible, tallies.FirstOrDefault(t => t.Step == s.Step)))],
            missed
        );
    }

    private static DeadlineCounts Row(string step, Party responsible, StepTally? tally) =>
        new()
        {
            Step = step,
            Responsible = responsible,
            Kept = tally?.Kept ?? 0,
            Missed = tally?.Missed ?? 0,
            TakenLate = tally?.TakenLate ?? 0,
            FellAway = tally?.FellAway ?? 0,
            Running = tally?.Running ?? 0,
            Overdue = tally?.Overdue ?? 0,
        };

    /// <summary>What happened after the month's end is for the next report, whenever this one was made.</summary>
    private static MissedDeadline Shown(Miss miss, MonthSpan span, IReadOnlyDictionary<string, string> names) =>
        new(
            miss.Request.ToString(),
            miss.Step,
            Steps.First(s => s.Step == miss.Step).Responsible,
            new Named(miss.Tenant, names.GetValueOrDefault(miss.Tenant, miss.Tenant)),
            miss.DueAt,
            miss.ClosedAt < span.Until ? miss.ClosedAt : null
        );
}
