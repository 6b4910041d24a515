using CloudManager.Core.Kernel;

namespace CloudManager.Core.Metering;

/// <summary>
/// Where the samples of closed months are kept, small and sorted. An engine that does that by itself has nothing to do.
/// Implemented by Storage/Metering. Everything may be stopped at any time and repeated.
/// </summary>
public interface ISampleArchive
{
    /// <summary>The months before this one of which samples still lie among those of the open month, oldest first.</summary>
    Task<IReadOnlyList<Month>> WaitingAsync(Month before, CancellationToken cancellationToken);

    /// <summary>
    /// Moves the month's samples into the archive, together with what an earlier run moved, and writes its daily summaries.
    /// What comes meanwhile stays where it is until the next run. How many rows were moved.
    /// </summary>
    Task<long> ArchiveAsync(Month month, CancellationToken cancellationToken);

    /// <summary>
    /// Gives up the archived samples of the months before this one, never their daily summaries. The months that were
    /// given up, oldest first.
    /// </summary>
    Task<IReadOnlyList<Month>> RetireAsync(Month before, CancellationToken cancellationToken);
}
