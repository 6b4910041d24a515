using System.Globalization;
using CloudManager.Cli.Output;
using CloudManager.Client.Metering;

namespace CloudManager.Cli.Commands;

/// <summary>The small lines of daily means beside the rows of a list, read as far as the rows that are shown.</summary>
internal sealed class DailyLines(Call call, UtilisationQuery query, string metric, bool isAscii)
{
    private const int LargestPage = 500;
    private readonly Dictionary<string, Dictionary<int, double?>> _means = new(StringComparer.Ordinal);
    private readonly bool _isWanted = metric != "none" && query.Step is null && query.Day is null && !call.Json;
    private string? _cursor;
    private bool _isAtEnd;

    /// <summary>One column where lines are wanted.</summary>
    public Column<UtilisationRow>[] Columns => _isWanted ? [new($"{metric} 每日均值", $"{metric} daily", Line)] : [];

    /// <summary>Reads days until those of the last of these rows are there.</summary>
    public async Task ReadAsync(IReadOnlyList<UtilisationRow> rows, CancellationToken cancellationToken)
    {
        if (!_isWanted || rows.Count == 0)
        {
            return;
        }

        var last = rows[^1].Subject;
        var isPast = false;
        while (!_isAtEnd && !isPast)
        {
            var days = await call.Api.Utilisation.ListAsync(
                query with
                {
                    Step = "day",
                    Limit = LargestPage,
                    Cursor = _cursor,
                },
                cancellationToken
            );
            foreach (var day in days.Items)
            {
                Note(day);
            }

            // Days come in order of their subjects: once another one follows, the last row's are complete.
            isPast = _means.ContainsKey(last) && days.Items.Count > 0 && days.Items[^1].Subject != last;
            (_cursor, _isAtEnd) = (days.Next, days.Next is null);
        }
    }

    private void Note(UtilisationRow day)
    {
        if (!_means.TryGetValue(day.Subject, out var means))
        {
            _means[day.Subject] = means = [];
        }

        means[NumberOf(day.Window.From)] = metric switch
        {
            "memory" => day.Memory.Mean,
            "disk" => day.Disk.Mean,
            _ => day.Cpu.Mean,
        };
    }

    private string Line(UtilisationRow row)
    {
        var means = _means.GetValueOrDefault(row.Subject) ?? [];
        var (first, past) = (NumberOf(row.Window.From), NumberOf(row.Window.Until));
        var days = Enumerable.Range(first, Math.Max(0, past - first)).Select(day => means.GetValueOrDefault(day));
        return Sparkline.OfPercent([.. days], isAscii);
    }

    private static int NumberOf(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture).DayNumber;
}
