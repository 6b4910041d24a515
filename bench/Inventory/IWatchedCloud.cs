using CloudManager.Core.Pools;

namespace CloudManager.Bench.Inventory;

/// <summary>A pool whose listing looks at what is alive every so many servers.</summary>
internal interface IWatchedCloud : IPools
{
    /// <summary>The most that was alive while servers were listed, bytes.</summary>
    long MostAlive { get; }

    /// <summary>Every how many servers it looks.</summary>
    int LookEvery { get; set; }
}
