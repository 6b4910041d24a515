using System.Text.Json;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Billing;

/// <summary>
/// The text of a resource's lines in a closed bill: a JSON array of [rate, quantity, first day of the month, day after the
/// last, fen, started by, ended by or 0].
/// </summary>
internal static class UsageText
{
    private const int LongestLine = (7 * 21) + 8;

    public static string Write(IReadOnlyList<Charge> charges, Month month)
    {
        const int Usual = 8;
        var longest = (charges.Count * LongestLine) + 2;
        Span<char> text = charges.Count <= Usual ? stackalloc char[(Usual * LongestLine) + 2] : new char[longest];
        var first = month.First.DayNumber - 1;
        var at = 0;
        foreach (var charge in charges)
        {
            text[at] = at == 0 ? '[' : ',';
            at++;
            text[at++] = '[';
            Append(text, ref at, charge.Rate.Number, ',');
            Append(text, ref at, charge.Quantity, ',');
            Append(text, ref at, charge.From.DayNumber - first, ',');
            Append(text, ref at, charge.Until.DayNumber - first, ',');
            Append(text, ref at, charge.Fen, ',');
            Append(text, ref at, charge.StartedBy.Number, ',');
            Append(text, ref at, charge.EndedBy?.Number ?? 0, ']');
        }

        text[at++] = ']';
        return new string(text[..at]);
    }

    /// <summary>The charges with the amounts that were charged.</summary>
    public static IEnumerable<(Charge Charge, long Fen)> Read(
        string text,
        Month month,
        IReadOnlyDictionary<int, Rate> rates
    )
    {
        foreach (var line in JsonSerializer.Deserialize<long[][]>(text)!)
        {
            var charge = new Charge
            {
                Rate = rates[(int)line[0]],
                Quantity = (int)line[1],
                From = month.First.AddDays((int)line[2] - 1),
                Until = month.First.AddDays((int)line[3] - 1),
                StartedBy = new(line[5]),
                EndedBy = line[6] == 0 ? null : new(line[6]),
            };
            yield return (charge, line[4]);
        }
    }

    private static void Append(Span<char> text, ref int at, long number, char end)
    {
        number.TryFormat(text[at..], out var written);
        at += written;
        text[at++] = end;
    }
}
