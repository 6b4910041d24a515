using System.Globalization;
using System.Net;
using System.Text;

namespace CloudManager.Adapters.Sdk.Testing.Reports;

/// <summary>Whose report it is, as its page shows it.</summary>
/// <param name="Number">The run's number, e.g. <c>conf-000001</c>.</param>
/// <param name="Pool">The pool's id.</param>
/// <param name="Name">The pool's name.</param>
/// <param name="By">The account that asked for the run.</param>
/// <param name="Settings">The digest of the settings it holds for.</param>
public sealed record ReportSubject(string Number, string Pool, string Name, string By, string Settings);

/// <summary>
/// The report as a page that holds everything it needs: Chinese with English beside, for the screen and for A4 paper.
/// Every text from a cloud is encoded.
/// </summary>
public static class ConformancePage
{
    private const string Style = """
        @page { size: A4; margin: 16mm 14mm }
        body { font: 14px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1b2733;
               margin: 24px auto; max-width: 960px; padding: 0 16px }
        h1 { font-size: 22px; margin: 0 0 4px } h2 { font-size: 16px; margin: 24px 0 6px }
        .en { color: #5b6b7a; font-size: 12px } table { border-collapse: collapse; width: 100% }
        th, td { border-bottom: 1px solid #d7dee5; padding: 5px 8px; text-align: left; vertical-align: top }
        th { color: #44525f; font-weight: 600 } td.n { text-align: right; white-space: nowrap }
        td.o { white-space: nowrap; font-weight: 600 } .verdict { font-size: 18px; font-weight: 700; margin: 12px 0 }
        .passed { color: #156d33 } .failed { color: #b3261e } .skipped { color: #6b5900 }
        code { font: 12px ui-monospace, Consolas, monospace; overflow-wrap: anywhere } tr { break-inside: avoid }
        h2 { break-after: avoid } @media print { body { margin: 0; max-width: none; font-size: 11px } }
        """;

    private static readonly Dictionary<string, string> Groups = new()
    {
        ["connect"] = "连接",
        ["offerings"] = "镜像与规格",
        ["servers"] = "云服务器",
        ["networks"] = "网络",
        ["volumes"] = "云硬盘",
        ["addresses"] = "公网IP",
        ["inventory"] = "资源盘点",
        ["usage"] = "监控与容量",
        ["idempotency"] = "幂等",
        ["errors"] = "错误与删除",
        ["limits"] = "限制",
        ["clean-up"] = "清理",
    };

    /// <summary>The page.</summary>
    public static string Write(ConformanceReport report, ReportSubject subject)
    {
        var page = new StringBuilder();
        var title = $"一致性测试报告 {subject.Number}";
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <h1>{Text(title)} <span class="en" lang="en">Conformance report</span></h1>

            """
        );
        Facts(page, report, subject);
        foreach (var group in report.Results.GroupBy(result => result.Group))
        {
            Group(page, group.Key, [.. group]);
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Facts(StringBuilder page, ConformanceReport report, ReportSubject subject)
    {
        var (style, zh, en) =
            report.IsConformant ? ("passed", "通过", "conformant")
            : report.Stopped ? ("skipped", "已中止，不作为验收依据", "stopped: no evidence")
            : ("failed", "未通过", "not conformant");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"verdict {style}\">{zh} <span class=\"en\" lang=\"en\">{en}</span></p>\n<table>\n"
        );
        Fact(page, "资源池", "pool", $"{subject.Name} ({subject.Pool})");
        Fact(page, "适配器", "adapter", report.Adapter);
        Fact(page, "云平台版本", "cloud version", report.CloudVersion);
        Fact(page, "发起账号", "started by", subject.By);
        Fact(page, "开始时间", "started at", At(report.StartedAt));
        Fact(page, "用时", "took", $"{Seconds(report.Duration)} s");
        Fact(
            page,
            "通过 / 未通过 / 跳过",
            "passed / failed / skipped",
            $"{report.Count(CheckOutcome.Passed)} / {report.Count(CheckOutcome.Failed)} / {report.Count(CheckOutcome.Skipped)}"
        );
        Fact(page, "设置摘要 (SHA-256)", "digest of settings and mapping", subject.Settings);
        page.Append("</table>\n");
    }

    private static void Group(StringBuilder page, string group, IReadOnlyList<CheckResult> results)
    {
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h2>{Groups.GetValueOrDefault(group, "")} <span class=\"en\" lang=\"en\">{Text(group)}</span></h2>\n"
        );
        page.Append("<table>\n<tr><th>结果</th><th>检查</th><th>依据</th><th>秒</th></tr>\n");
        foreach (var result in results)
        {
            var (style, zh) = result.Outcome switch
            {
                CheckOutcome.Passed => ("passed", "通过"),
                CheckOutcome.Failed => ("failed", "未通过"),
                _ => ("skipped", "跳过"),
            };
            var why = result.Message is { } message ? $"<br><code>{Text(message)}</code>" : "";
            page.Append(
                CultureInfo.InvariantCulture,
                $"""
                <tr><td class="o {style}">{zh}</td><td>{Text(result.Proves.Zh)} <span class="en" lang="en">{Text(
                    result.Proves.En
                )}</span><br><code>{Text(result.Id)}</code>{why}</td><td>{Text(
                    result.Article
                )}</td><td class="n">{Seconds(result.Duration)}</td></tr>

                """
            );
        }

        page.Append("</table>\n");
    }

    private static void Fact(StringBuilder page, string zh, string en, string value) =>
        page.Append(
            CultureInfo.InvariantCulture,
            $"<tr><th>{zh} <span class=\"en\" lang=\"en\">{en}</span></th><td><code>{Text(value)}</code></td></tr>\n"
        );

    private static string At(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss +08:00", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Text(string text) =>
        WebUtility.HtmlEncode(
            new string([.. text.Where(c => c is '\n' or '\t' || (!char.IsControl(c) && c < '\uFFFE'))])
        );
}
