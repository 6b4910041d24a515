using System.Globalization;

namespace CloudManager.Storage.Metering;

/// <summary>
/// How a file holds each metric: as whole numbers that are to be divided by a scale (1 to 10,000), where every value of it
/// comes back as the same float bit for bit, or as floats where the scale is null. Whole numbers are smaller and quicker.
/// </summary>
internal sealed record Scales(int? Cpu, int? Memory, int? Disk, int? NetIn, int? NetOut)
{
    /// <summary>The scale of a metric nobody measured; goes with any other.</summary>
    public const int Nothing = 0;

    /// <summary>The metrics as columns are named.</summary>
    public static readonly IReadOnlyList<string> Columns = ["cpu", "memory", "disk", "net_in", "net_out"];

    /// <summary>What is tried, the smallest first.</summary>
    public static readonly IReadOnlyList<int> Tried = [Nothing, 1, 10, 100, 1_000, 10_000];

    /// <summary>Floats throughout, as in the open table.</summary>
    public static Scales Floats { get; } = new(null, null, null, null, null);

    /// <summary>By the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<int?> All => [Cpu, Memory, Disk, NetIn, NetOut];

    public static Scales Of(IReadOnlyList<int?> all) => new(all[0], all[1], all[2], all[3], all[4]);

    /// <summary>
    /// The float that a stored number stands for. Number and scale are both floats exactly, so one division rounds to the
    /// float that is nearest to the decimal: the one that was measured.
    /// </summary>
    public static string Value(string stored, int? scale) =>
        scale switch
        {
            null => stored,
            Nothing => "cast(null as float)",
            1 => $"cast({stored} as float)",
            _ => string.Create(CultureInfo.InvariantCulture, $"(cast({stored} as float) / cast({scale} as float))"),
        };

    /// <summary>The whole number that a float is stored as; null where there is none.</summary>
    public static string Stored(string value, int scale) =>
        string.Create(CultureInfo.InvariantCulture, $"try_cast(cast({value} as double) * {scale} as integer)");

    /// <summary>Whether every value comes back from its whole number as the same float; -0 does not.</summary>
    public static string Fits(string column, int scale)
    {
        if (scale == Nothing)
        {
            return $"count({column}) = 0";
        }

        // Above 2^24 not every whole number is a float; unscaled ones come from floats and so are.
        var most = scale == 1 ? int.MaxValue : 1 << 24;
        var stored = Stored(column, scale);
        return $"bool_and({column} is null or coalesce({stored} <= {most} and {Value(stored, scale)} = {column} and not signbit({column}), false))";
    }
}
