using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>
/// One create at a time for each key: EC2 keeps no key unique for most things, so that two at once would both find nothing and
/// both create.
/// </summary>
internal sealed class KeyTurns
{
    private readonly ConcurrentDictionary<OperationKey, Task> _turns = new();

    public async Task<T> TakeAsync<T>(OperationKey key, Func<Task<T>> create, CancellationToken cancellationToken)
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
