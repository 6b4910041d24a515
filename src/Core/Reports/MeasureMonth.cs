using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Core.Reports;

/// <summary>The month's utilisation by pool, tenant and system.</summary>
public sealed record MonthUse(
    IReadOnlyList<UtilisationRow> Pools,
    IReadOnlyList<UtilisationRow> Tenants,
    IReadOnlyList<UtilisationRow> Systems
);

/// <summary>Reads the month's utilisation and ranks by it (art. 22(1)).</summary>
public sealed class MeasureMonth(IUtilisation utilisation)
{
    /// <summary>Under this share of measured slots nothing is said about use.</summary>
    public const double EnoughCoverage = 0.8;

    /// <summary>How many stand at either end of a ranking.</summary>
    public const int Ends = 10;

    private const int Decimals = 4;

    /// <summary>All in one pass over the samples: a month of a province's servers is billions of them.</summary>
    public async Task<MonthUse> ExecuteAsync(Month month, CancellationToken cancellationToken)
    {
        UtilisationBy[] keys = [UtilisationBy.Pool, UtilisationBy.Tenant, UtilisationBy.System];
        var query = new UtilisationQuery(keys[0], month.First, month.End);
        var rows = await utilisation.ReadAsync(query, keys, cancellationToken);
        return new MonthUse(rows[0], rows[1], rows[2]);
    }

    /// <summary>Ranks the rows by mean CPU use; equal ones by key.</summary>
    public static Ranking Rank(IEnumerable<RankedUse> rows)
    {
        var byKey = rows.OrderBy(r => r.Code, StringComparer.Ordinal).ToList();
        var enough = byKey.Where(IsEnough).OrderByDescending(r => r.Use.Cpu.Mean).ToList();
        return new Ranking(
            [.. enough.Take(Ends)],
            [.. enough.OrderBy(r => r.Use.Cpu.Mean).Take(Ends)],
            [.. byKey.Where(r => !IsEnough(r))]
        );
    }

    public static UseFigures Figures(UtilisationRow row) =>
        new(row.Resources, row.LeftOut, Figures(row.Cpu), Figures(row.Memory), Figures(row.Disk));

    private static bool IsEnough(RankedUse row) => row.Use.Cpu is { Mean: not null, Coverage: >= EnoughCoverage };

    private static MetricFigures Figures(Utilisation metric) =>
        new(
            Written(metric.Mean),
            Written(metric.P95),
            Written(metric.Max),
            Math.Round(metric.Coverage, Decimals, MidpointRounding.ToZero)
        );

    /// <summary>
    /// A value as it was measured is a float and stays what it is; a computed one is written to four decimals, so that
    /// the order in which a sum was taken never shows.
    /// </summary>
    private static double? Written(double? value)
    {
        if (value is not { } number)
        {
            return null;
        }

        var measured = (float)number;
        return measured == number
            ? double.Parse(measured.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : Math.Round(number, Decimals);
    }
}
