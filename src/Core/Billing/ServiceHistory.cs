using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>
/// How confirmations make a resource's history: each interval lasts until the next one in order of day, of several on
/// one day the last counts, and none lasts beyond the end of service.
/// </summary>
internal static class ServiceHistory
{
    /// <summary>
    /// The history once the resource serves at its spec from the day on. Said again by the same request, only the day moves:
    /// the size is that of its first word, whatever became of the resource since.
    /// </summary>
    public static IReadOnlyList<ServiceInterval> Serve(
        IReadOnlyList<ServiceInterval> history,
        Resource resource,
        ConfirmedDay since
    )
    {
        var said = history.FirstOrDefault(i => i.StartedBy == since.By);
        var interval = new ServiceInterval
        {
            Resource = resource.Id,
            Ordinal = said?.Ordinal ?? history.Count + 1,
            Tenant = resource.Tenant,
            Provider = resource.Provider,
            System = resource.System,
            Item = said?.Item ?? resource.Item,
            Quantities = said?.Quantities ?? Quantities.Of(resource.Spec, resource.Kind),
            From = since.Day,
            StartedBy = since.By,
        };
        return Arrange([.. history.Where(i => i != said), interval], EndOf(history));
    }

    /// <summary>The history once service has ended on the day.</summary>
    public static IReadOnlyList<ServiceInterval> End(IReadOnlyList<ServiceInterval> history, ConfirmedDay on) =>
        Arrange(history, on);

    /// <summary>The earliest day whose service differs between two histories; null if none does.</summary>
    public static DateOnly? Differ(IReadOnlyList<ServiceInterval> before, IReadOnlyList<ServiceInterval> after)
    {
        var days = new List<DateOnly>();
        foreach (var interval in after)
        {
            var was = before.FirstOrDefault(i => i.Ordinal == interval.Ordinal);
            if (was is null || was.Quantities != interval.Quantities || was.Item != interval.Item)
            {
                days.Add(interval.From);
            }

            if (was is not null && was.From != interval.From)
            {
                days.Add(was.From < interval.From ? was.From : interval.From);
            }

            if (was is not null && was.Until != interval.Until)
            {
                days.Add(Earlier(was.Until, interval.Until));
            }
        }

        return days.Count == 0 ? null : days.Min();
    }

    private static DateOnly Earlier(DateOnly? one, DateOnly? other) =>
        (one ?? DateOnly.MaxValue) < (other ?? DateOnly.MaxValue) ? one!.Value : other!.Value;

    /// <summary>The end of service as it was confirmed.</summary>
    private static ConfirmedDay? EndOf(IReadOnlyList<ServiceInterval> history) =>
        history
            .Where(i => i.EndedOn is not null)
            .Select(i => (ConfirmedDay?)new ConfirmedDay(i.EndedOn!.Value, i.EndedBy!.Value))
            .FirstOrDefault();

    private static List<ServiceInterval> Arrange(IReadOnlyList<ServiceInterval> history, ConfirmedDay? end)
    {
        var inOrder = history.OrderBy(i => i.From).ThenBy(i => i.Ordinal).ToList();
        for (var n = 0; n < inOrder.Count; n++)
        {
            var next = n + 1 < inOrder.Count ? inOrder[n + 1] : null;
            var until = next is null || end?.Day < next.From ? end : new ConfirmedDay(next.From, next.StartedBy);
            inOrder[n] = inOrder[n] with
            {
                Until = Last(inOrder[n].From, until?.Day),
                EndedBy = until?.By,
                EndedOn = until == end ? end?.Day : null,
            };
        }

        return [.. inOrder.OrderBy(i => i.Ordinal)];
    }

    private static DateOnly? Last(DateOnly from, DateOnly? until) => until < from ? from : until;
}
