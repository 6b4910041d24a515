namespace CloudManager.Adapters.Mock;

/// <summary>
/// Chance that is a pure function of its inputs: no state, the same on every machine and run, and cheap enough for
/// millions of draws a second (the finaliser of SplitMix64).
/// </summary>
internal static class Dice
{
    /// <summary>Sixty-four well mixed bits for this pair.</summary>
    public static ulong Roll(ulong seed, ulong index)
    {
        var mixed = seed + (index * 0x9E3779B97F4A7C15UL) + 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>The bits as a number in [0, 1).</summary>
    public static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>A stable number for a text (FNV-1a).</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return hash;
    }
}
