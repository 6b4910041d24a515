namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>How much a plug-in may do wrong before no more calls are let in to it.</summary>
public sealed record WardLimits
{
    /// <summary>How long loading a plug-in, checking settings by it, or making one adapter may take.</summary>
    public TimeSpan LoadTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long whoever first needs a pool waits for its adapter to be made.</summary>
    public TimeSpan OpenPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a call that nobody waits for any more may go on before it is counted as given up.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many given-up calls may be outstanding in a pool; with this many it is closed.</summary>
    public int MostGivenUp { get; init; } = 8;

    /// <summary>How long a pool stays closed at first; each time a trial fails again it is doubled, up to a day.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromMinutes(5);
}
