using System.Globalization;
using System.Text.Json;
using CloudManager.Cli.Commands;
using CloudManager.Client;
using CloudManager.Client.Billing;
using CloudManager.Client.Metering;

namespace CloudManager.Cli.Story;

/// <summary>The last chapter: utilisation, and the monthly report beside the bills (art. 22, 25).</summary>
internal sealed class ReportChapter(Stage stage)
{
    private const int LargestPage = 500;
    private const string Job = "monthly-report";

    private CloudManagerClient Api => stage.Cast.Technical.Api;

    public async Task ShowUseAsync(string month, CancellationToken cancellationToken)
    {
        var query = new UtilisationQuery
        {
            Month = month,
            By = "system",
            Limit = LargestPage,
        };
        var use = await Api.Utilisation.ListAsync(query, cancellationToken);
        stage.Narrator.Screen.Heading($"{month} 各系统使用率", $"Utilisation of {month} by system");
        stage.Narrator.Screen.Table(use.Items, UtilisationCommand.Columns);
    }

    /// <summary>The report holds the bills' cost and stays as it is when its job runs again.</summary>
    public async Task CheckAsync(string month, CancellationToken cancellationToken)
    {
        var id = $"monthly-{month}";
        var report = await Api.Reports.JsonAsync(id, cancellationToken);
        stage.Narrator.Step(
            stage.Cast.Technical.Account,
            await stage.NowAsync(cancellationToken),
            new("读取月报", "reads the monthly report"),
            id
        );
        stage.Narrator.Check(
            new($"月报 {id} 费用等于账单合计", $"cost of {id} is the sum of the bills"),
            BillsCommand.Yuan(await BilledAsync(month, cancellationToken)),
            BillsCommand.Yuan(CostOf(report))
        );

        var run = await Api.Jobs.RunAsync(Job, cancellationToken);
        stage.Narrator.Step(
            stage.Cast.Technical.Account,
            run.At,
            new($"再次运行 {Job}", $"runs {Job} again"),
            $"{run.Outcome} [{string.Join(' ', run.Periods)}]"
        );
        var again = await Api.Reports.JsonAsync(id, cancellationToken);
        stage.Narrator.Check(
            new($"月报 {id} 再次运行后未变", $"{id} is the same after the job ran again"),
            Fingerprint(report),
            Fingerprint(again)
        );
    }

    private async Task<decimal> BilledAsync(string month, CancellationToken cancellationToken)
    {
        var sum = 0m;
        var bills = AllPages.OfAsync(
            (cursor, token) =>
                Api.Bills.ListAsync(
                    new BillQuery
                    {
                        Month = month,
                        Limit = LargestPage,
                        Cursor = cursor,
                    },
                    token
                ),
            cancellationToken
        );
        await foreach (var bill in bills)
        {
            sum += bill.Total;
        }

        return sum;
    }

    /// <summary>The sum over all bills: the report's <c>cost.total.total</c>.</summary>
    private static decimal CostOf(JsonElement report)
    {
        var found = report;
        foreach (var member in (string[])["cost", "total", "total"])
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(member, out found))
            {
                throw new NotAsExpectedException(
                    new("月报中没有 cost.total.total", "the report has no cost.total.total")
                );
            }
        }

        return decimal.Parse(found.GetString() ?? "", CultureInfo.InvariantCulture);
    }

    /// <summary>Short enough to be shown, long enough to tell two texts apart.</summary>
    private static string Fingerprint(JsonElement report)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(report.GetRawText());
        return $"{text.Length} B {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text))[..12]}";
    }
}
