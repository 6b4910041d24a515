using System.CommandLine;
using System.Globalization;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client.Catalogue;
using CloudManager.Client.Pools;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr catalogue: what may be ordered, and its prices.</summary>
internal static class CatalogueCommand
{
    public static Command Build(Shell shell)
    {
        var day = Shapes.Day.Option(
            "--day",
            shell.Say("哪一天有效的目录，默认今天", "the edition in force on that day; today")
        );
        var category = Shapes.Text.Option(
            "--category",
            shell.Say("只看一类（--json 时不筛选）", "only one category (not with --json)")
        );
        var pool = Shapes.Text.Option(
            "--pool",
            shell.Say("在该资源池能否订购及上限", "whether each item can be ordered of that pool, and its limits")
        );
        return shell
            .Signed(
                "catalogue",
                shell.Say("服务目录与价格", "the service catalogue with its prices"),
                (call, token) =>
                    ShowAsync(
                        call,
                        call.Parsed.GetValue(day),
                        (call.Parsed.GetValue(category), call.Parsed.GetValue(pool)),
                        token
                    )
            )
            .With(day, category, pool);
    }

    private static async Task ShowAsync(
        Call call,
        DateOnly? day,
        (string? Category, string? Pool) of,
        CancellationToken cancellationToken
    )
    {
        var edition = await call.Api.Catalogue.ItemsAsync(edition: null, day, of.Pool, cancellationToken);
        call.Show(screen =>
        {
            screen.Line(
                screen.Say(
                    $"目录版本 {edition.Code}，{Texts.Of(edition.EffectiveFrom)} 起施行。{edition.Note}",
                    $"edition {edition.Code}, in force from {Texts.Of(edition.EffectiveFrom)}. {edition.Note}"
                )
            );
            var wanted = edition.Items.Where(i => of.Category is null || i.Category == of.Category);
            if (of.Pool is not null)
            {
                OfferTable.Show(screen, wanted.Select(i => new ItemOffer(i.Code, i.Offer!)));
                return;
            }

            screen.Table(
                [.. wanted.SelectMany(i => i.Components, (item, part) => (Item: item, Part: part))],
                Columns(call)
            );
        });
    }

    private static Column<(CatalogueItem Item, PriceComponent Part)>[] Columns(Call call) =>
        [
            new("目录项", "item", row => row.Item.Code),
            new("名称", "name", row => call.Say(row.Item.Name, row.Item.NameEn)),
            new("类别", "category", row => row.Item.Category),
            new("计价项", "component", row => row.Part.Name),
            new("单位", "unit", row => row.Part.Unit),
            new("最高限价", "ceiling", row => Yuan(row.Part.CeilingPrice), right: true),
            new("合同价", "contract prices", row => Texts.Of(Prices(row.Part))),
        ];

    private static string Prices(PriceComponent part) =>
        string.Join(' ', part.Prices.Select(p => $"{p.Provider}={Yuan(p.Price)}"));

    private static string Yuan(decimal price) => price.ToString("0.0000", CultureInfo.InvariantCulture);
}
