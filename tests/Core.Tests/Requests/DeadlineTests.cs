using CloudManager.Core.Requests;

namespace CloudManager.Core.Tests.Requests;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("the day before", "2026-09-09T23:59:59+08:00", false)]
    [InlineData("at the last second", "2026-09-10T23:59:59+08:00", false)]
    [InlineData("within the last second", "2026-09-10T23:59:59.999+08:00", false)]
    [InlineData("at midnight", "2026-09-11T00:00:00+08:00", true)]
    public void A_deadline_is_missed_once_its_last_second_is_over(string because, string at, bool overdue)
    {
        var due = DateTimeOffset.Parse("2026-09-10T23:59:59+08:00");
        var open = new Deadline("accept", due.AddDays(-5), due, null);
        var taken = open with { ClosedAt = DateTimeOffset.Parse(at) };

        Assert.True(overdue == open.IsOverdue(DateTimeOffset.Parse(at)), because);
        Assert.True(overdue == taken.IsOverdue(due.AddYears(1)), because);
    }
}
