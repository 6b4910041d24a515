using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Metering.Handed;

/// <summary>One row of a file of samples.</summary>
internal readonly record struct HandedSample(int Line, UsageSample Sample);

/// <summary>
/// Reads a CSV file of samples (采样, art. 22): a server, the start of a slot, percentages of what was allocated, bytes of
/// the slot; an empty field is what nobody measured.
/// </summary>
internal static class SampleFile
{
    /// <summary>The most rows of one file: a month of eleven servers.</summary>
    public const int MostRows = 100_000;

    private static readonly CsvColumn[] Columns =
    [
        new("nativeId", "实例ID", true),
        new("slot", "时刻", true),
        new("cpu", "CPU%", false),
        new("memory", "内存%", false),
        new("disk", "磁盘%", false),
        new("in", "流入字节", false),
        new("out", "流出字节", false),
    ];

    public static IReadOnlyList<HandedSample> Read(string text, Check check)
    {
        var samples = new List<HandedSample>();
        foreach (var row in new CsvTable(Columns, MostRows, check).Read(text))
        {
            var before = check.Faults.Count;
            check.Text($"{row.Path}.nativeId", row.Text("nativeId"), 200);
            var slot = row.Instant("slot");
            var sample = new UsageSample(
                new NativeId(row.Text("nativeId") ?? ""),
                slot ?? default,
                row.Number("cpu"),
                row.Number("memory"),
                row.Number("disk"),
                row.Number("in"),
                row.Number("out")
            );
            if (check.Faults.Count == before)
            {
                samples.Add(new HandedSample(row.Line, sample));
            }
        }

        return samples;
    }
}
