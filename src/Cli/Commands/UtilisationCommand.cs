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
        var month = Shapes.Month.Option(
            "--month",
            shell.Say("月份 yyyy-MM；与 --day 二选一", "yyyy-MM; this or --day")
        );
        var day = Shapes.DayText.Option(
            "--day",
            shell.Say("日期 yyyy-MM-dd；与 --month 二选一", "yyyy-MM-dd; this or --month")
        );
        var by = Shapes
            .OneOf("resource", "system", "tenant", "pool")
            .Option(
                "--by",
                shell.Say("按资源、系统、单位或资源池，默认按资源", "resource, system, tenant or pool; by resource")
            );
        var paging = new Paging(shell);
        return shell
            .Signed(
                "utilisation",
                shell.Say("使用率", "utilisation"),
                (call, token) =>
                {
                    var query = new UtilisationQuery
                    {
                        Month = call.Parsed.GetValue(month),
                        Day = call.Parsed.GetValue(day),
                        By = call.Parsed.GetValue(by),
                    };
                    return ShowAsync(call, query, paging, token);
                }
            )
            .With(month, day, by)
            .With(paging.Options);
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

    private static Task ShowAsync(Call call, UtilisationQuery query, Paging paging, CancellationToken cancellationToken)
    {
        if (query.Month is null == query.Day is null)
        {
            throw new UsageException(
                new("--month、--day：应给出其中一个", "--month, --day: expected exactly one of the two")
            );
        }

        return paging.ShowAsync(
            call,
            (page, token) =>
                call.Api.Utilisation.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, token),
            Columns,
            cancellationToken
        );
    }
}
