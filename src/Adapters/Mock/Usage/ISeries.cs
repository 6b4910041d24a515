using CloudManager.Adapters.Mock.State;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>The measured use of one server, slot by slot.</summary>
internal interface ISeries
{
    /// <summary>The values of the slot; false where there is no sample at all.</summary>
    bool TryRead(long slot, in Phase phase, out Reading reading);
}

/// <summary>The values of one slot; NaN is not measured. Bytes are those of the whole slot.</summary>
internal readonly record struct Reading(float Cpu, float Memory, float Disk, float BytesIn, float BytesOut);
