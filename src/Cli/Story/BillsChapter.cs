using System.Globalization;
using CloudManager.Cli.Commands;
using CloudManager.Cli.Output;
using CloudManager.Client;
using CloudManager.Client.Billing;
using CloudManager.Client.Resources;

namespace CloudManager.Cli.Story;

/// <summary>The third chapter: the bills beside the hand computation (art. 40).</summary>
internal sealed class BillsChapter(Stage stage, Basket basket)
{
    public const string Open = "open";
    public const string Closed = "closed";
    private const int LargestPage = 500;

    /// <summary>What a month's bill comes to now.</summary>
    public async Task<string> TotalAsync(string month, CancellationToken cancellationToken)
    {
        var (bill, _) = await ReadAsync(month, cancellationToken);
        return $"{bill.State} {BillsCommand.Yuan(bill.Total)}";
    }

    /// <summary>The use of what was confirmed in time stands in its month's closed bill.</summary>
    public Task CheckUseAsync(IReadOnlyList<Resource> resources, StoryDays days, CancellationToken cancellationToken) =>
        CheckAsync(
            resources,
            new Place(days.MonthText, "usage", Closed),
            new Days(days.Delivered, days.MonthEnd),
            cancellationToken
        );

    /// <summary>
    /// The use of what was confirmed after its month's close stands as adjustments in the month after: at once, while that
    /// one is open, and once it is closed too.
    /// </summary>
    public Task CheckAdjustmentsAsync(
        IReadOnlyList<Resource> resources,
        StoryDays days,
        string state,
        CancellationToken cancellationToken
    ) =>
        CheckAsync(
            resources,
            new Place(days.NextMonthText, "adjustment", state),
            new Days(days.LateDelivered, days.MonthEnd),
            cancellationToken
        );

    private async Task CheckAsync(
        IReadOnlyList<Resource> resources,
        Place where,
        Days days,
        CancellationToken cancellationToken
    )
    {
        var (bill, lines) = await ReadAsync(where.Month, cancellationToken);
        var catalogue = stage.Cast.Technical.Api.Catalogue;
        var edition = await catalogue.ItemsAsync(null, days.From, pool: null, cancellationToken);
        var byHand = HandBill.Of(resources, edition, days);
        var ids = resources.Select(r => r.Id).ToHashSet();
        var charged = lines.Where(l => l.Kind == where.Kind && ids.Contains(l.Resource)).ToList();

        stage.Narrator.Screen.Heading($"账单 {bill.Id} 的 {where.Kind} 明细", $"{where.Kind} lines of {bill.Id}");
        Show(byHand, charged);
        stage.Narrator.Check(new($"账单 {bill.Id} 状态", $"state of {bill.Id}"), where.State, bill.State);
        stage.Narrator.Check(
            new(
                $"{bill.Id}（{where.State}）{where.Kind} 与手算逐行相符",
                $"{bill.Id} ({where.State}) {where.Kind} lines equal to those by hand"
            ),
            Texts.Of(byHand.Count),
            Texts.Of(byHand.Count(hand => charged.Count(line => IsFor(line, hand) && hand.IsAsOn(line)) == 1))
        );
        stage.Narrator.Check(
            new(
                $"{bill.Id}（{where.State}）{where.Kind} 行数",
                $"{bill.Id} ({where.State}) number of {where.Kind} lines"
            ),
            Texts.Of(byHand.Count),
            Texts.Of(charged.Count)
        );
        stage.Narrator.Check(
            new($"{bill.Id}（{where.State}）{where.Kind} 金额", $"{bill.Id} ({where.State}) amount of {where.Kind}"),
            BillsCommand.Yuan(byHand.Sum(h => h.Amount)),
            BillsCommand.Yuan(charged.Sum(l => l.Amount))
        );
        stage.Narrator.Check(
            new(
                $"{bill.Id}（{where.State}）合计等于各行之和",
                $"{bill.Id} ({where.State}) total is the sum of its lines"
            ),
            BillsCommand.Yuan(lines.Sum(l => l.Amount)),
            BillsCommand.Yuan(bill.Total)
        );
    }

    private void Show(IReadOnlyList<HandLine> byHand, IReadOnlyList<BillLine> charged)
    {
        var rows = byHand
            .Select(hand => (Hand: hand, Line: charged.FirstOrDefault(line => IsFor(line, hand))))
            .ToList();
        stage.Narrator.Screen.Table<(HandLine Hand, BillLine? Line)>(
            rows,
            new("资源", "resource", r => r.Hand.Resource),
            new("计价项", "component", r => r.Hand.Component),
            new("数量", "quantity", r => Texts.Of(r.Hand.Quantity), right: true),
            new("单价", "unit price", r => r.Hand.Price.ToString("0.0000", CultureInfo.InvariantCulture), right: true),
            new("起", "from", r => Texts.Of(r.Hand.Days.From)),
            new("天数", "days", r => $"{r.Hand.Days.Count}/{r.Hand.Days.InMonth}", right: true),
            new("手算", "by hand", r => BillsCommand.Yuan(r.Hand.Amount), right: true),
            new(
                "账单",
                "on the bill",
                r => r.Line is { } line ? BillsCommand.Yuan(line.Amount) : Texts.None,
                right: true
            ),
            new("更正", "corrects", r => Texts.Of(r.Line?.Corrects))
        );
    }

    private static bool IsFor(BillLine line, HandLine hand) =>
        line.Resource == hand.Resource && line.Component == hand.Component;

    private async Task<(Bill Bill, IReadOnlyList<BillLine> Lines)> ReadAsync(
        string month,
        CancellationToken cancellationToken
    )
    {
        var id = $"{month}.{stage.Cast.Tenant.Account}.{basket.Pool.Provider}";
        Bill? bill = null;
        var lines = new List<BillLine>();
        var all = AllPages.OfAsync(
            async (cursor, token) =>
            {
                var query = new PageQuery { Limit = LargestPage, Cursor = cursor };
                bill = await stage.Cast.Tenant.Api.Bills.FindAsync(id, query, token);
                return new Page<BillLine>(bill.Lines, bill.Next);
            },
            cancellationToken
        );
        await foreach (var line in all)
        {
            lines.Add(line);
        }

        return (bill!, lines);
    }

    /// <summary>Where lines are looked for: in which month's bill, of which kind, in which state it must be.</summary>
    private sealed record Place(string Month, string Kind, string State);
}
