namespace CloudManager.Core.Calendar;

/// <summary>The working days as now known; tables can be replaced while the platform runs.</summary>
public interface IHolidays
{
    /// <summary>The present snapshot. Take it once per decision.</summary>
    WorkingDays Current { get; }
}
