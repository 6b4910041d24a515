using CloudManager.Core.Metering;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Metering;

/// <summary>The collection's progress and failures, in the host's log and figures.</summary>
internal sealed class CollectionLog(MeteringFigures figures, ILogger<CollectSamples> logger) : ICollectionLog
{
    public void Stored(CollectedChunk chunk)
    {
        figures.Stored(chunk);
        var until = Slots.Start(chunk.Slots.Past);
        // A look every five minutes is no news, nor is a day of an advance; how a longer backfill gets on is.
        var level =
            chunk.SetAside > 0 ? LogLevel.Warning
            : chunk.IsBackfill ? LogLevel.Information
            : LogLevel.Debug;
        logger.Log(
            level,
            "Samples of {Pool} collected until {Until}: {Rows} rows, {SetAside} values set aside",
            chunk.Pool,
            until,
            chunk.Rows,
            chunk.SetAside
        );
    }

    public void Failed(PoolId pool, Exception failure) =>
        logger.LogWarning(failure, "Samples of {Pool} could not be collected", pool);
}
