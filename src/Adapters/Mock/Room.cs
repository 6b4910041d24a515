using CloudManager.Adapters.Mock.State;

namespace CloudManager.Adapters.Mock;

/// <summary>Whether the pool still holds what is asked for.</summary>
internal sealed class Room(MockCapacity capacity)
{
    /// <exception cref="Sdk.AdapterException">No capacity: the message says of what, and how much is left.</exception>
    public void Require(Taken taken, Taken more)
    {
        Require("vCPU", capacity.Vcpus, taken.Vcpus, more.Vcpus);
        Require("GiB of memory", capacity.MemoryGiB, taken.MemoryGiB, more.MemoryGiB);
        Require("GiB of storage", capacity.StorageGiB, taken.StorageGiB, more.StorageGiB);
    }

    private static void Require(string what, long? total, long taken, long more)
    {
        if (total is { } bound && more > 0 && taken + more > bound)
        {
            throw MockErrors.NoCapacity($"{more} {what} asked for, {Math.Max(0, bound - taken)} of {bound} left.");
        }
    }
}
