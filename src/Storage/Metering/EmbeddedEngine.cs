using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering;

/// <summary>The embedded store: it is part of the process, so it always answers and nothing waits for it.</summary>
internal sealed class EmbeddedEngine : ISampleEngine
{
    public string Name => "DuckDB";

    public long SpooledBytes => 0;

    public long SpoolLimit => 0;

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
