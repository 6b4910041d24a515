using System.Diagnostics;

namespace CloudManager.Bench.Samples;

/// <summary>What some work took, in seconds: on the wall, and of the processors by whom is measured.</summary>
internal sealed record Spent(double Wall, double Processor)
{
    public static TimeSpan OwnProcessorTime()
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime;
    }

    public static async Task<Spent> MeasureAsync(Func<Task> work, Func<TimeSpan> processorTime)
    {
        var (clock, before) = (Stopwatch.StartNew(), processorTime());
        await work();
        return new Spent(clock.Elapsed.TotalSeconds, (processorTime() - before).TotalSeconds);
    }
}
