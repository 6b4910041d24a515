using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>An engine packs and retires its samples by itself, as its own settings say: there is nothing to do for us.</summary>
internal sealed class EngineArchive : ISampleArchive
{
    public Task<IReadOnlyList<Month>> WaitingAsync(Month before, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Month>>([]);

    public Task<long> ArchiveAsync(Month month, CancellationToken cancellationToken) => Task.FromResult(0L);

    public Task<IReadOnlyList<Month>> RetireAsync(Month before, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Month>>([]);
}
