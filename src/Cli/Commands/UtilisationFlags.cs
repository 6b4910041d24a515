using System.CommandLine;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Metering;

namespace CloudManager.Cli.Commands;

/// <summary>Which days, what by, and of whom: the options of utilisation.</summary>
internal sealed class UtilisationFlags
{
    private readonly Option<string> _month;
    private readonly Option<string> _quarter;
    private readonly Option<string> _period;
    private readonly Option<string> _day;
    private readonly Option<string> _from;
    private readonly Option<string> _until;
    private readonly Option<string> _by;
    private readonly Option<string> _step;
    private readonly Option<string>[] _filters;

    public UtilisationFlags(Shell shell)
    {
        _month = Shapes.Month.Option("--month", shell.Say("月份 yyyy-MM", "yyyy-MM"));
        _quarter = Shapes.Quarter.Option("--quarter", shell.Say("季度 yyyy-Qn", "yyyy-Qn"));
        _period = Shapes.Year.Option(
            "--period",
            shell.Say("服务周期，以其结束之年称之", "the service period that ends in this year")
        );
        _day = Shapes.DayText.Option("--day", shell.Say("日期 yyyy-MM-dd", "yyyy-MM-dd"));
        _from = Shapes.DayText.Option("--from", shell.Say("起始日期（含）", "the first day"));
        _until = Shapes.DayText.Option("--until", shell.Say("终止日期（不含）", "the day after the last"));
        _by = Shapes
            .OneOf("resource", "volume", "system", "tenant", "pool", "region", "province")
            .Option("--by", shell.Say("一行代表什么，默认资源", "what a row stands for; a resource"));
        _step = Shapes
            .OneOf("day", "week", "month")
            .Option("--step", shell.Say("每日、每周或每月一行", "a row for each day, week or month"));
        _filters =
        [
            Shapes.Text.Option("--system", shell.Say("只看此系统", "of this system")),
            Shapes.Text.Option("--tenant", shell.Say("只看此单位", "of this tenant")),
            Shapes.Text.Option("--pool", shell.Say("只看此资源池", "of this pool")),
            Shapes.Text.Option("--region", shell.Say("只看此地区", "of this region")),
        ];
    }

    public Symbol[] Options => [_month, _quarter, _period, _day, _from, _until, _by, _step, .. _filters];

    public UtilisationQuery Read(ParseResult parsed)
    {
        var query = new UtilisationQuery
        {
            Month = parsed.GetValue(_month),
            Quarter = parsed.GetValue(_quarter),
            Period = parsed.GetValue(_period),
            Day = parsed.GetValue(_day),
            From = parsed.GetValue(_from),
            Until = parsed.GetValue(_until),
            By = parsed.GetValue(_by),
            Step = parsed.GetValue(_step),
            System = parsed.GetValue(_filters[0]),
            Tenant = parsed.GetValue(_filters[1]),
            Pool = parsed.GetValue(_filters[2]),
            Region = parsed.GetValue(_filters[3]),
        };
        string?[] ways = [query.Month, query.Quarter, query.Period, query.Day, query.From ?? query.Until];
        if (ways.Count(way => way is not null) != 1 || query.From is null != query.Until is null)
        {
            throw new UsageException(
                new(
                    "--month、--quarter、--period、--day 或 --from 与 --until：应给出其中一种",
                    "--month, --quarter, --period, --day, or --from with --until: expected exactly one of these"
                )
            );
        }

        return query;
    }
}
