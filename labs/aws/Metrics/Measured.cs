namespace CloudManager.Labs.Aws.Metrics;

/// <summary>What is measured of a server.</summary>
internal enum Series
{
    Cpu,
    In,
    Out,
    Memory,
    Disk,
}

/// <summary>Values that follow from server, slot and seed alone; some are missing, as in any cloud.</summary>
internal static class Measured
{
    /// <summary>The value of the slot; null where nobody measured it.</summary>
    public static double? Value(SimulatorOptions options, string server, Series series, DateTimeOffset at)
    {
        var number = Hash($"{options.Seed} {server}");
        var hasAgent = options.WithoutAgentEvery <= 0 || number % (uint)options.WithoutAgentEvery != 0;
        if (series is Series.Memory or Series.Disk && !hasAgent)
        {
            return null;
        }

        var draw = Hash($"{number} {series} {at.ToUnixTimeSeconds()}");
        if (draw % 97 == 0)
        {
            return null;
        }

        var day = Math.Sin(at.TimeOfDay.TotalDays * 2 * Math.PI) * 10;
        var noise = draw % 1_000 / 100.0;
        return series switch
        {
            Series.Cpu => Math.Clamp((number % 60) + day + noise, 0, 100),
            Series.Memory => Math.Clamp((number % 50) + 20 + noise, 0, 100),
            Series.Disk => Math.Clamp((number % 70) + 5, 0, 100),
            _ => draw % 50_000_000,
        };
    }

    /// <summary>FNV-1a: the same on every machine.</summary>
    private static uint Hash(string text)
    {
        var hash = 2_166_136_261;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 16_777_619);
        }

        return hash;
    }
}
