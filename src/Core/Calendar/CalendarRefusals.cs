using CloudManager.Core.Kernel;

namespace CloudManager.Core.Calendar;

/// <summary>The JSON is not the holiday table of one year; the faults say why, by path.</summary>
public sealed record HolidayTableInvalid : Invalid
{
    public HolidayTableInvalid(IReadOnlyList<FieldFault> faults)
        : base("calendar.tableInvalid", ("节假日安排表有误", "The holiday table is wrong"))
    {
        Faults = faults;
    }
}
