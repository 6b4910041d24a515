using System.CommandLine;
using System.Globalization;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Forecasts;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr forecast: when disks fill and pools run out.</summary>
internal static class ForecastCommand
{
    public static Command Build(Shell shell)
    {
        var subject = Shapes.Text.Argument(
            "SUBJECT",
            shell.Say("资源编号或资源池；不填则列出", "a resource's number or a pool; none: the list")
        );
        subject.Arity = ArgumentArity.ZeroOrOne;
        var of = Shapes
            .OneOf("disk", "pool")
            .Option("--of", shell.Say("disk（默认）或 pool", "disk (by default) or pool"));
        var before = Before(shell);
        var paging = new Paging(shell);
        return shell
            .Signed(
                "forecast",
                shell.Say("磁盘和资源池容量预测", "when disks fill and pools run out"),
                (call, token) =>
                {
                    if (call.Parsed.GetValue(subject) is { } one)
                    {
                        return ShowAsync(call, one, token);
                    }

                    var query = new ForecastQuery
                    {
                        Of = call.Parsed.GetValue(of) ?? "disk",
                        Before = call.Parsed.GetValue(before),
                    };
                    return paging.ShowAsync(
                        call,
                        (page, t) =>
                            call.Api.Forecasts.ListAsync(query with { Limit = page.Limit, Cursor = page.Cursor }, t),
                        Columns,
                        token
                    );
                }
            )
            .With(subject, of, before)
            .With(paging.Options);
    }

    private static Option<string> Before(Shell shell) =>
        Shapes.DayText.Option(
            "--before",
            shell.Say("只列出此日之前达到限值的", "only what reaches a limit before this day")
        );

    private static Column<ForecastRow>[] Columns { get; } =
    [
        new("资源", "resource", r => Texts.Of(r.Resource)),
        new("系统", "system", r => Texts.Of(r.System)),
        new("资源池", "pool", r => r.Pool),
        new("部分", "part", r => r.Part),
        new("每日增长%", "a day%", r => Slope(r.SlopePerDay), right: true),
        new("90%", "90%", r => Day(r.Crossings, 90)),
        new("100%", "100%", r => Day(r.Crossings, 100)),
        new("MASE", "MASE", r => Texts.Percent(r.Error?.Mase), right: true),
    ];

    private static async Task ShowAsync(Call call, string subject, CancellationToken cancellationToken)
    {
        if (subject.StartsWith("res-", StringComparison.Ordinal))
        {
            var disk = await call.Api.Forecasts.OfResourceAsync(subject, cancellationToken);
            call.Show(screen => Show(screen, (new(disk.Resource, disk.Resource), disk.Forecast)));
            return;
        }

        var pool = await call.Api.Forecasts.OfPoolAsync(subject, cancellationToken);
        call.Show(screen =>
        {
            foreach (var part in pool.Parts)
            {
                var title =
                    $"{pool.Pool} {part.Part} {part.Used + part.Outside} / {part.Total?.ToString(CultureInfo.InvariantCulture) ?? Texts.None}";
                Show(screen, (new(title, title), part.Forecast));
            }
        });
    }

    private static void Show(Screen screen, (Words Title, Forecast Forecast) one)
    {
        var forecast = one.Forecast;
        screen.Heading(one.Title.Zh, one.Title.En);
        screen.Fields(
            (new("结论", "verdict"), forecast.Verdict),
            (new("原因", "reason"), Texts.Of(forecast.Reason, screen.Language)),
            (new("覆盖率%", "coverage%"), Texts.Share(forecast.Coverage)),
            (new("每日增长%", "a day%"), Slope(forecast.SlopePerDay)),
            (new("回测误差", "error in back-tests"), Error(forecast.Error))
        );
        screen.Table(
            forecast.Crossings,
            new("限值%", "limit%", c => Texts.Percent(c.Limit), right: true),
            new("达到日", "reached on", c => Texts.Of(c.Day)),
            new("95% 最早", "95% earliest", c => Texts.Of(c.NinetyFive.Earliest)),
            new("95% 最晚", "95% latest", c => Texts.Of(c.NinetyFive.Latest))
        );
    }

    private static string Error(BackTestError? error) =>
        error is null
            ? Texts.None
            : $"MAE {Texts.Percent(error.Mae)}, MASE {Texts.Percent(error.Mase)} ({error.Folds} × , {error.HeldOut})";

    private static string Slope(double? slope) => slope?.ToString("0.000", CultureInfo.InvariantCulture) ?? Texts.None;

    private static string Day(IReadOnlyList<Crossing> crossings, double limit) =>
        Texts.Of(crossings.FirstOrDefault(c => c.Limit == limit)?.Day);
}
