using System.Diagnostics;

namespace CloudManager.Lab.Tests.Support;

/// <summary>Waits for what a real cloud does in its own time.</summary>
internal static class Patience
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether it came true in time.</summary>
    public static async Task<bool> UntilAsync(
        Func<Task<bool>> isTrue,
        TimeSpan? patience = null,
        TimeSpan? pause = null
    )
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < (patience ?? Enough); await Task.Delay(pause ?? Pause))
        {
            if (await isTrue())
            {
                return true;
            }
        }

        return false;
    }
}
