using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Resources;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr samples: what was measured of a resource, as a table with a small line per metric, or into a file.</summary>
internal static class SamplesCommand
{
    public static Command Build(Shell shell) => OfResource(shell, "samples").With(HandInCommand.Samples(shell));

    /// <summary>The command under a name: it stands beside the others and under resources.</summary>
    public static Command OfResource(Shell shell, string name)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("资源编号", "the resource"));
        var from = Shapes.Instant.Option("--from", shell.Say("起始时刻（含）", "first instant"), required: true);
        var until = Shapes.Instant.Option(
            "--until",
            shell.Say("终止时刻（不含）", "the instant after the last"),
            required: true
        );
        var step = Shapes.Text.Option("--step", shell.Say("步长，如 5m、1h、1d", "a step such as 5m, 1h or 1d"));
        var ascii = new Option<bool>("--ascii")
        {
            Description = shell.Say("小图只用 ASCII 字符", "draws lines of ASCII characters only"),
        };
        var exporting = new Exporting(shell);
        return shell
            .Signed(
                name,
                shell.Say("一项资源的采样", "what was measured of a resource"),
                async (call, token) =>
                {
                    var resource = call.Parsed.GetRequiredValue(id);
                    var query = new SeriesQuery
                    {
                        From = Texts.Iso(call.Parsed.GetRequiredValue(from)!.Value),
                        Until = Texts.Iso(call.Parsed.GetRequiredValue(until)!.Value),
                        Step = call.Parsed.GetValue(step) ?? "1h",
                    };
                    Task<Stream> FileAsync(string format, CancellationToken stop) =>
                        call.Api.MeteringFiles.SamplesAsync(resource, query with { Format = format }, stop);
                    if (!await exporting.WriteAsync(call, FileAsync, token))
                    {
                        var series = await call.Api.Samples.OfResourceAsync(resource, query, token);
                        var isAscii = call.Parsed.GetValue(ascii) || !call.Screen.HoldsUnicode;
                        call.Show(screen => Show(screen, series.Points, isAscii));
                    }
                }
            )
            .With(id, from, until, step, ascii)
            .With(exporting.Options);
    }

    private static void Show(Screen screen, IReadOnlyList<Point> points, bool isAscii)
    {
        screen.Table<Point>(
            points,
            new("时刻", "at", p => Texts.Of(p.At)),
            new("CPU%", "cpu%", p => Texts.Percent(p.Cpu), right: true),
            new("内存%", "memory%", p => Texts.Percent(p.Memory), right: true),
            new("磁盘%", "disk%", p => Texts.Percent(p.Disk), right: true),
            new("入流量B", "in bytes", p => Texts.Bytes(p.NetworkInBytes), right: true),
            new("出流量B", "out bytes", p => Texts.Bytes(p.NetworkOutBytes), right: true),
            new("CPU峰值%", "cpu max%", p => Texts.Percent(p.CpuMax), right: true),
            new("内存峰值%", "memory max%", p => Texts.Percent(p.MemoryMax), right: true),
            new("磁盘峰值%", "disk max%", p => Texts.Percent(p.DiskMax), right: true)
        );
        if (points.Count == 0)
        {
            return;
        }

        screen.Line();
        string Percent(Func<Point, double?> of) => Sparkline.OfPercent([.. points.Select(of)], isAscii);
        string Scaled(Func<Point, double?> of) => Sparkline.Of([.. points.Select(of)], isAscii);
        screen.Fields(
            (new("CPU峰值", "cpu max"), Percent(p => p.CpuMax)),
            (new("内存峰值", "memory max"), Percent(p => p.MemoryMax)),
            (new("磁盘峰值", "disk max"), Percent(p => p.DiskMax)),
            (new("入流量", "in bytes"), Scaled(p => p.NetworkInBytes)),
            (new("出流量", "out bytes"), Scaled(p => p.NetworkOutBytes))
        );
    }
}
