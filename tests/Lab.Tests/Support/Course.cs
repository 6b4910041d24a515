namespace CloudManager.Lab.Tests.Support;

/// <summary>What a server of 2 cores and 4 GiB uses, slot by slot, made up of its number and the slot alone.</summary>
internal static class Course
{
    private const double SlotSeconds = 300;

    /// <summary>Percent of processor and memory in the slot.</summary>
    public static (double Cpu, double Memory) At(int server, DateTimeOffset slot)
    {
        var number = slot.ToUnixTimeSeconds() / (long)SlotSeconds;
        return ((((server * 13) + (number * 7)) % 97) + 1, (((server * 5) + (number * 3)) % 89) + 5);
    }

    /// <summary>What a poll in the middle of each slot reads: processor time since the start, and MiB.</summary>
    public static IEnumerable<(DateTimeOffset At, double CpuNanoseconds, double MemoryMiB)> Of(
        int server,
        DateTimeOffset from,
        DateTimeOffset until
    )
    {
        var spent = 1e12;
        for (var slot = from; slot < until; slot = slot.AddSeconds(SlotSeconds))
        {
            var (cpu, memory) = At(server, slot);
            spent += cpu / 100 * 2 * SlotSeconds * 1e9;
            yield return (slot.AddSeconds(150), spent, memory / 100 * 4096);
        }
    }
}
