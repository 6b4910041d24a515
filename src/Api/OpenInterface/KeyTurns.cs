using System.Collections.Concurrent;

namespace CloudManager.Api.OpenInterface;

/// <summary>One create at a time for each key within this process; between processes the books' unique key decides.</summary>
internal sealed class KeyTurns
{
    private readonly ConcurrentDictionary<string, Task> _turns = new();

    public async Task<T> TakeAsync<T>(string key, Func<Task<T>> create, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_turns.GetOrAdd(key, mine.Task) is var turn && turn != mine.Task)
        {
            await turn.WaitAsync(cancellationToken);
        }

        try
        {
            return await create();
        }
        finally
        {
            _turns.TryRemove(key, out _);
            mine.SetResult();
        }
    }
}
