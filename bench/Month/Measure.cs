using System.Diagnostics;
using System.Globalization;

namespace CloudManager.Bench.Month;

/// <summary>What some work took: seconds on the wall and of the processors, and the most memory of the process meanwhile.</summary>
internal sealed record Measure(double Wall, double Processor, double PeakMiB)
{
    public static async Task<(Measure Spent, T Result)> OfAsync<T>(Func<Task<T>> work)
    {
        GC.Collect();
        ForgetPeak();
        using var own = Process.GetCurrentProcess();
        var (clock, before) = (Stopwatch.StartNew(), own.TotalProcessorTime);
        var result = await work();
        own.Refresh();
        return (new(clock.Elapsed.TotalSeconds, (own.TotalProcessorTime - before).TotalSeconds, PeakNow()), result);
    }

    /// <summary>The process's VmHWM, in MiB.</summary>
    public static double PeakNow()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture)
            / 1_024;
    }

    /// <summary>Lets VmHWM begin again at what is in use now.</summary>
    private static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");
}
