using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Client;

namespace CloudManager.Cli.Parsing;

/// <summary>--limit and --all of a list.</summary>
internal sealed class Paging
{
    private const int LargestPage = 500;
    private readonly Option<int?> _limit;
    private readonly Option<bool> _all;

    public Paging(Shell shell)
    {
        _limit = Shapes.Whole(1, LargestPage).Option("--limit", shell.Say("每页至多项数", "at most so many items"));
        _all = new Option<bool>("--all") { Description = shell.Say("取全部各页", "every page") };
    }

    public Symbol[] Options => [_limit, _all];

    /// <summary>Reads the pages that were asked for and shows them; as JSON each page as it came, a document a line.</summary>
    public async Task ShowAsync<T>(
        Call call,
        Func<PageQuery, CancellationToken, Task<Page<T>>> read,
        Column<T>[] columns,
        CancellationToken cancellationToken
    )
    {
        var all = call.Parsed.GetValue(_all);
        var query = new PageQuery { Limit = call.Parsed.GetValue(_limit) ?? (all ? LargestPage : null) };
        var items = new List<T>();
        do
        {
            var page = await read(query, cancellationToken);
            query = query with { Cursor = page.Next };
            if (call.Json)
            {
                call.Screen.Json(call.Heard.Last);
            }
            else
            {
                items.AddRange(page.Items);
            }
        } while (all && query.Cursor is not null);

        if (call.Json)
        {
            return;
        }

        call.Screen.Table(items, columns);
        if (query.Cursor is not null)
        {
            call.Screen.Aside("还有更多：用 --all 取全部", "there is more: --all shows all");
        }
    }
}
