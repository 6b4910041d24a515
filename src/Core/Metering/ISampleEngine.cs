using CloudManager.Core.Kernel;

namespace CloudManager.Core.Metering;

/// <summary>The engine that keeps the samples, as those see it who watch over it. Implemented by Storage/Metering.</summary>
public interface ISampleEngine
{
    /// <summary>What it is and where, without a password.</summary>
    string Name { get; }

    /// <summary>How many bytes wait in the data folder until the engine answers again.</summary>
    long SpooledBytes { get; }

    /// <summary>How many bytes may wait so; 0 where none ever wait.</summary>
    long SpoolLimit { get; }

    /// <exception cref="SampleEngineException">It does not answer.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>The engine of the samples does not answer, or refuses what it is given. The words hold no password.</summary>
#pragma warning disable CA1032 // A failure without its words must not exist, so the bare constructors are left out.
public sealed class SampleEngineException(Bilingual words, bool isUnreachable) : Exception(words.En)
#pragma warning restore CA1032
{
    /// <summary>What went wrong.</summary>
    public Bilingual Words { get; } = words;

    /// <summary>Whether the same may succeed later without anybody changing anything.</summary>
    public bool IsUnreachable { get; } = isUnreachable;
}
