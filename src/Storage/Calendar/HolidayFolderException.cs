using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Calendar;

/// <summary>A fault of one file of the holidays folder.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Fault">Where in the file, what stands there and what would be right.</param>
public sealed record HolidayFileFault(string File, FieldFault Fault)
{
    /// <summary>One line for logs and for the person who starts the platform.</summary>
    public override string ToString() =>
        $"holidays/{File}: {Fault.Path}: {Fault.Value ?? "(missing)"}: {Fault.Expected}";
}

/// <summary>The platform cannot start with these holiday tables.</summary>
#pragma warning disable CA1032 // Without its faults it would say nothing, so the bare constructors are left out.
public sealed class HolidayFolderException(IReadOnlyList<HolidayFileFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
#pragma warning restore CA1032
{
    /// <summary>Every fault of every file.</summary>
    public IReadOnlyList<HolidayFileFault> Faults { get; } = faults;
}
