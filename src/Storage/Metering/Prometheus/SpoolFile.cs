using System.Globalization;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// A piece of a pool's samples that waits for the engine. Its name says its place in the order and what it is about:
/// <c>NUMBER-FIRSTSLOT-PASTSLOT-FIRSTRESOURCE-LASTRESOURCE.samples</c>.
/// </summary>
internal sealed record SpoolFile(string Path, long Number, SlotRange Slots, long First, long Last)
{
    public const string Ending = ".samples";

    /// <summary>Where the piece with this place in the order lies.</summary>
    public static SpoolFile Of(string folder, long number, ReadOnlySpan<SampleRow> rows)
    {
        var (first, past, low, high) = (long.MaxValue, long.MinValue, long.MaxValue, long.MinValue);
        foreach (ref readonly var row in rows)
        {
            (first, past) = (Math.Min(first, row.Slot), Math.Max(past, row.Slot + 1));
            (low, high) = (Math.Min(low, row.Resource.Number), Math.Max(high, row.Resource.Number));
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{number:D12}-{first}-{past}-{low}-{high}{Ending}");
        return new SpoolFile(System.IO.Path.Combine(folder, name), number, new(first, past), low, high);
    }

    /// <summary>The piece of the name; null where it is no piece's.</summary>
    public static SpoolFile? Read(string path)
    {
        var parts = System.IO.Path.GetFileNameWithoutExtension(path).Split('-');
        var numbers = new long[5];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (
                parts.Length != numbers.Length
                || !long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
            )
            {
                return null;
            }
        }

        return new SpoolFile(path, numbers[0], new(numbers[1], numbers[2]), numbers[3], numbers[4]);
    }

    /// <summary>Whether it may hold a sample of these.</summary>
    public bool Touches(long first, long last, SlotRange slots) =>
        First <= last && Last >= first && Slots.First < slots.Past && Slots.Past > slots.First;
}
