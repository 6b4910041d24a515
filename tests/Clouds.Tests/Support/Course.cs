namespace CloudManager.Clouds.Tests.Support;

/// <summary>A busy server's day: its 95th percentiles of CPU and memory ask for the size that the story orders, no other.</summary>
internal static class Course
{
    /// <summary>The value of a metric, percent or bytes, at an instant; the same for every server.</summary>
    public static double? At(string server, string metric, DateTimeOffset at) =>
        metric.Contains("byte", StringComparison.OrdinalIgnoreCase)
        || metric.Contains("network", StringComparison.OrdinalIgnoreCase)
            ? 1_000_000
            : 55 + (5 * Math.Sin(at.TimeOfDay.TotalDays * 2 * Math.PI));
}
