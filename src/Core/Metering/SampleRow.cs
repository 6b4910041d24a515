using System.Globalization;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>
/// Sample (采样): what one server did in one slot. Percent of what was allocated, unclamped; bytes are those of the
/// whole slot; null where nobody measured.
/// </summary>
public readonly record struct SampleRow(
    ResourceId Resource,
    long Slot,
    float? Cpu,
    float? Memory,
    float? Disk,
    float? NetworkIn,
    float? NetworkOut
)
{
    /// <summary>Whether it holds no value at all.</summary>
    public bool IsEmpty => (Cpu ?? Memory ?? Disk ?? NetworkIn ?? NetworkOut) is null;
}

/// <summary>What is measured.</summary>
public enum Metric
{
    Cpu,
    Memory,
    Disk,
    NetworkIn,
    NetworkOut,
}

/// <summary>Measured values as people read them.</summary>
public static class Measured
{
    /// <summary>No float's shortest form is longer.</summary>
    private const int LongestNumber = 32;

    /// <summary>The number a float is the nearest to, in its shortest form: 6.763f is 6.763 and not 6.76300001144….</summary>
    public static double Widen(float value)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        return value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture)
            ? double.Parse(text[..length], CultureInfo.InvariantCulture)
            : value;
    }
}
