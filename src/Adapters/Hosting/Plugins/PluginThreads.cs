namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// The threads a plug-in's code is entered on. One that never comes back is lost to the plug-in, not to the platform: the
/// next work simply takes another. Threads that are free are used again, and end when they stay free.
/// </summary>
internal sealed class PluginThreads(string name)
{
    private static readonly TimeSpan LongestFree = TimeSpan.FromSeconds(20);

    private readonly object _gate = new();
    private readonly Queue<Action> _waiting = new();
    private int _free;

    /// <summary>Does the work on a thread of its own. The work must not throw.</summary>
    public void Run(Action work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work);
            if (_free >= _waiting.Count)
            {
                Monitor.Pulse(_gate);
                return;
            }
        }

        new Thread(Serve) { IsBackground = true, Name = $"plug-in {name}" }.Start();
    }

    /// <summary>Begins the call on a thread of its own; where it goes on after its first await is its own matter.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Run(() => _ = PassOnAsync(call, answer));
        return answer.Task;
    }

    private static async Task PassOnAsync<T>(Func<Task<T>> call, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.SetResult(await call());
        }
#pragma warning disable CA1031 // Whatever it is goes to whoever waits.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            answer.SetException(failure);
        }
    }

    private void Serve()
    {
        while (Next() is { } work)
        {
            work();
        }
    }

    private Action? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                _free++;
                var called = Monitor.Wait(_gate, LongestFree);
                _free--;
                if (!called && _waiting.Count == 0)
                {
                    return null;
                }
            }

            return _waiting.Dequeue();
        }
    }
}
