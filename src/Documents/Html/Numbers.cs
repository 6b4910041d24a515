using System.Globalization;

namespace CloudManager.Documents.Html;

/// <summary>Numbers as people read them; what nobody measured is never a number.</summary>
internal static class Numbers
{
    public const string NoData = "无数据";
    public const string NoDataEn = "no data";

    public static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A change, with its sign.</summary>
    public static string Change(long value) => value.ToString("+#,0;−#,0;0", CultureInfo.InvariantCulture);

    /// <summary>Percent with two decimals; null where nobody measured.</summary>
    public static string? Percent(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A share of one as percent with one decimal, cut so that 100 % means all of it.</summary>
    public static string Share(double value) =>
        (Math.Floor(value * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Yuan(decimal value) => value.ToString("#,0.00;−#,0.00", CultureInfo.InvariantCulture);
}
