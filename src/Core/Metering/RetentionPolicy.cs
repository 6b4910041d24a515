using CloudManager.Core.Kernel;

namespace CloudManager.Core.Metering;

/// <summary>
/// Retention (保存期限): how long samples are kept one by one, art. 22. Their daily summaries are kept for ever.
/// </summary>
public sealed record RetentionPolicy
{
    /// <summary>The fewest months that may be asked for: a report reads the one before the last too.</summary>
    public const int Fewest = 2;

    private readonly int _months = 13;

    /// <summary>How many closed months keep their samples, beside the open one; 2 or more, 13 if nothing else is said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public int Months
    {
        get => _months;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, Fewest);
            _months = value;
        }
    }

    /// <summary>The first month whose samples are kept on this day.</summary>
    public Month FirstKept(DateOnly today) => Month.Of(Month.Of(today).First.AddMonths(-Months));
}
