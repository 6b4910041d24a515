using CloudManager.Core.Kernel;

namespace CloudManager.Core.Metering;

/// <summary>The days [From, Until) of one row.</summary>
internal readonly record struct Stretch(DateOnly From, DateOnly Until)
{
    /// <summary>The days of it in which the resource was in service; none where it ends before it begins.</summary>
    public Stretch InService(Resources.Resource resource) =>
        new(
            resource.ServiceStart is { } start && start > From ? start : From,
            resource.ServiceEnd is { } end && end < Until ? end : Until
        );

    public bool IsEmpty => Until <= From;

    /// <summary>Cut into steps; whole where there is none.</summary>
    public IReadOnlyList<Stretch> Cut(UtilisationStep? step)
    {
        var steps = new List<Stretch>();
        for (var first = From; first < Until; )
        {
            var next = step switch
            {
                UtilisationStep.Day => first.AddDays(1),
                UtilisationStep.Week => first.AddDays(7 - (((int)first.DayOfWeek + 6) % 7)),
                UtilisationStep.Month => Month.Of(first).End,
                _ => Until,
            };
            var past = next < Until ? next : Until;
            steps.Add(new(first, past));
            first = past;
        }

        return steps;
    }
}
