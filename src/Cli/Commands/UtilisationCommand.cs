using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Metering;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr utilisation: how what is in service is used.</summary>
internal static class UtilisationCommand
{
    public static Command Build(Shell shell)
    {
        var flags = new UtilisationFlags(shell);
        var spark = Shapes
            .OneOf("cpu", "memory", "disk", "none")
            .Option(
                "--spark",
                shell.Say(
                    "每日均值小图的指标；按资源时默认 cpu，其他默认 none",
                    "the metric of the small line of daily means; cpu by resource, else none"
                )
            );
        var ascii = new Option<bool>("--ascii")
        {
            Description = shell.Say("小图只用 ASCII 字符", "draws lines of ASCII characters only"),
        };
        var (paging, exporting) = (new Paging(shell), new Exporting(shell));
        return shell
            .Signed(
                "utilisation",
                shell.Say("使用率", "utilisation"),
                async (call, token) =>
                {
                    var query = flags.Read(call.Parsed);
                    Task<Stream> FileAsync(string format, CancellationToken stop) =>
                        call.Api.MeteringFiles.UtilisationAsync(query with { Format = format }, stop);
                    if (!await exporting.WriteAsync(call, FileAsync, token))
                    {
                        var metric = call.Parsed.GetValue(spark) ?? (query.By is null or "resource" ? "cpu" : "none");
                        var isAscii = call.Parsed.GetValue(ascii) || !call.Screen.HoldsUnicode;
                        var lines = new DailyLines(call, query, metric, isAscii);
                        await ShowAsync(call, query, (paging, lines), token);
                    }
                }
            )
            .With(flags.Options)
            .With(spark, ascii)
            .With(paging.Options)
            .With(exporting.Options);
    }

    public static Column<UtilisationRow>[] Columns { get; } =
    [
        new("对象", "subject", r => Texts.Of(r.Subject)),
        new("系统", "system", r => Texts.Of(r.System)),
        new("单位", "tenant", r => Texts.Of(r.Tenant)),
        new("云服务器", "servers", r => Texts.Of(r.Resources), right: true),
        new("无数据", "left out", r => Texts.Of(r.LeftOut), right: true),
        new("CPU 均值%", "cpu mean%", r => Texts.Percent(r.Cpu.Mean), right: true),
        new("CPU p95%", "cpu p95%", r => Texts.Percent(r.Cpu.P95), right: true),
        new("CPU 峰值%", "cpu max%", r => Texts.Percent(r.Cpu.Max), right: true),
        new("内存均值%", "mem mean%", r => Texts.Percent(r.Memory.Mean), right: true),
        new("内存 p95%", "mem p95%", r => Texts.Percent(r.Memory.P95), right: true),
        new("内存峰值%", "mem max%", r => Texts.Percent(r.Memory.Max), right: true),
        new("磁盘均值%", "disk mean%", r => Texts.Percent(r.Disk.Mean), right: true),
        new("覆盖率%", "coverage%", r => Texts.Share(r.Cpu.Coverage), right: true),
    ];

    private static Column<UtilisationRow>[] OfVolumes { get; } =
    [
        Columns[0],
        Columns[1],
        Columns[2],
        new("挂载于", "attached to", r => Texts.Of(r.AttachedTo)),
        new("容量GiB", "GiB", r => r.AllocatedGiB is { } size ? Texts.Of(size) : Texts.None, right: true),
        new("磁盘均值%", "disk mean%", r => Texts.Percent(r.Disk.Mean), right: true),
        new("磁盘 p95%", "disk p95%", r => Texts.Percent(r.Disk.P95), right: true),
        new("磁盘峰值%", "disk max%", r => Texts.Percent(r.Disk.Max), right: true),
        new("覆盖率%", "coverage%", r => Texts.Share(r.Disk.Coverage), right: true),
    ];

    private static Column<UtilisationRow>[] OfHours { get; } =
    [
        new("CPU p99%", "cpu p99%", r => Texts.Percent(r.Cpu.P99), right: true),
        new("CPU >80% 小时", "cpu h>80%", r => Texts.Percent(r.Cpu.HoursAbove), right: true),
        new("CPU <10% 小时", "cpu h<10%", r => Texts.Percent(r.Cpu.HoursBelow), right: true),
    ];

    private static Column<UtilisationRow>[] OfStep { get; } =
    [new("起", "from", r => r.Window.From), new("止（不含）", "until", r => r.Window.Until)];

    private static Task ShowAsync(
        Call call,
        UtilisationQuery query,
        (Paging Paging, DailyLines Lines) how,
        CancellationToken cancellationToken
    )
    {
        var own = query.By == "volume" ? OfVolumes : [.. Columns, .. OfHours];
        var columns = query.Step is null ? own : [own[0], .. OfStep, .. own[1..]];
        return how.Paging.ShowAsync(
            call,
            async (page, token) =>
            {
                var rows = await call.Api.Utilisation.ListAsync(
                    query with
                    {
                        Limit = page.Limit,
                        Cursor = page.Cursor,
                    },
                    token
                );
                await how.Lines.ReadAsync(rows.Items, token);
                return rows;
            },
            [.. columns, .. how.Lines.Columns],
            cancellationToken
        );
    }
}
