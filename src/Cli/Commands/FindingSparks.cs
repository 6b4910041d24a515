using CloudManager.Cli.Output;
using CloudManager.Client.Findings;

namespace CloudManager.Cli.Commands;

/// <summary>The days behind a finding as lines of blocks, a day a block: 0 to 100 %, a gap where nobody measured.</summary>
internal static class FindingSparks
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const char Gap = '·';

    public static void Show(Screen screen, FindingDays days)
    {
        if (days.Days.Count == 0)
        {
            return;
        }

        screen.Heading("每日使用率（0–100 %，· 为未测得）", "Days (0 to 100 %, · where nobody measured)");
        screen.Fields(
            (new("CPU 均值", "cpu mean"), Of(days.Days.Select(d => d.CpuMean))),
            (new("CPU p95", "cpu p95"), Of(days.Days.Select(d => d.CpuP95))),
            (new("内存均值", "memory mean"), Of(days.Days.Select(d => d.MemoryMean))),
            (new("内存 p95", "memory p95"), Of(days.Days.Select(d => d.MemoryP95)))
        );
    }

    public static string Of(IEnumerable<double?> percents) =>
        string.Concat(
            percents.Select(p =>
                p is { } percent ? Blocks[(int)Math.Clamp(percent / 100 * Blocks.Length, 0, Blocks.Length - 1)] : Gap
            )
        );
}
