using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>
/// Lets one creation under one key through at a time. OpenStack keeps no token of a create unique, so what another call
/// of this process has just begun must be looked for after it has ended.
/// </summary>
internal sealed class KeyGate
{
    private readonly Lock _lock = new();
    private readonly Dictionary<OperationKey, Turn> _turns = [];

    /// <summary>Runs the creation when no other under this key is under way.</summary>
    public async Task<T> EnterAsync<T>(OperationKey key, Func<Task<T>> create, CancellationToken cancellationToken)
    {
        var turn = Join(key);
        try
        {
            await turn.Gate.WaitAsync(cancellationToken);
            try
            {
                return await create();
            }
            finally
            {
                turn.Gate.Release();
            }
        }
        finally
        {
            Leave(key, turn);
        }
    }

    private Turn Join(OperationKey key)
    {
        lock (_lock)
        {
            if (!_turns.TryGetValue(key, out var turn))
            {
                _turns[key] = turn = new Turn();
            }

            turn.Waiting++;
            return turn;
        }
    }

    private void Leave(OperationKey key, Turn turn)
    {
        lock (_lock)
        {
            turn.Waiting--;
            if (turn.Waiting == 0)
            {
                _turns.Remove(key);
                turn.Gate.Dispose();
            }
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Waiting { get; set; }
    }
}
