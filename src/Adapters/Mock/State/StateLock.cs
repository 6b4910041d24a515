using Microsoft.Win32.SafeHandles;

namespace CloudManager.Adapters.Mock.State;

/// <summary>
/// One operation at a time among all processes that share a state file: a file beside it, held exclusively for the
/// time of one operation. The operating system gives it back when its holder dies.
/// </summary>
internal sealed class StateLock(string state, TimeProvider machineTime)
{
    /// <summary>An operation takes microseconds: who holds it this long holds it for good.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _path = $"{state}.lock";

    /// <summary>Waits until it is free and takes it; disposing gives it back.</summary>
    /// <exception cref="Sdk.AdapterException">It did not become free.</exception>
    public SafeFileHandle Take()
    {
        var since = machineTime.GetTimestamp();
        var pause = new SpinWait();
        while (true)
        {
            try
            {
                return File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure)
            {
                if (failure is DirectoryNotFoundException || machineTime.GetElapsedTime(since) >= Patience)
                {
                    throw MockErrors.Unavailable(
                        $"The state file '{Path.GetFileName(state)}' cannot be locked: {failure.Message}"
                    );
                }
            }

            pause.SpinOnce(sleep1Threshold: 4);
        }
    }
}
