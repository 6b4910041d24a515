namespace CloudManager.Adapters.Hosting.Guarding;

/// <summary>A listing under way: counted as one call, each fetch limited in time.</summary>
internal sealed class GuardedStream<T> : IAsyncDisposable
{
    private readonly CallGuard _guard;
    private readonly string _operation;
    private readonly Func<CancellationToken, IAsyncEnumerable<T>> _open;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _own;
    private readonly Action<string> _end;
    private IAsyncEnumerator<T>? _items;
    private Task<bool>? _fetch;
    private bool _ended;

    public GuardedStream(
        CallGuard guard,
        string operation,
        Func<CancellationToken, IAsyncEnumerable<T>> open,
        CancellationToken caller
    )
    {
        (_guard, _operation, _open, _caller) = (guard, operation, open, caller);
        _own = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _end = guard.Count(operation);
    }

    /// <summary>Whether there is an item to read.</summary>
    public bool HasCurrent { get; private set; }

    public T Current => _items!.Current;

    /// <summary>Fetches the next item.</summary>
    /// <exception cref="Sdk.AdapterException">The listing breaks off.</exception>
    public async Task MoveAsync()
    {
        HasCurrent = false;
        using var place = await _guard.TakePlaceAsync(_caller);
        try
        {
            _items ??= _open(_own.Token).GetAsyncEnumerator(_own.Token);
            HasCurrent = await FetchAsync(_items);
        }
#pragma warning disable CA1031 // Whatever an adapter throws becomes the contract's exception.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var seen = _guard.Failures.Translate(_operation, failure, _caller);
            End(AdapterMetrics.OutcomeOf(seen));
            if (ReferenceEquals(seen, failure))
            {
                throw;
            }

            throw seen;
        }

        if (!HasCurrent)
        {
            End(AdapterMetrics.Success);
        }
    }

    public async ValueTask DisposeAsync()
    {
        End(AdapterMetrics.Cancelled);
        if (_fetch is { IsCompleted: false })
        {
            // The adapter still works on a fetch nobody waits for; only when it comes back can it be let go.
            await _own.CancelAsync();
            _ = _fetch.ContinueWith(
                (_, _) => LetGoAsync(),
                null,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            );
            return;
        }

        await LetGoAsync();
    }

    private async ValueTask<bool> FetchAsync(IAsyncEnumerator<T> items)
    {
        var moving = items.MoveNextAsync();
        if (moving.IsCompleted)
        {
            return await moving;
        }

        _fetch = moving.AsTask();
        return await _guard.InTimeAsync(_fetch, _caller);
    }

    private async Task LetGoAsync()
    {
        try
        {
            await (_items?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
#pragma warning disable CA1031 // The listing is over; that the adapter fails to close it is logged by the translation.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _guard.Failures.Translate(_operation, failure, _caller);
        }
        finally
        {
            _own.Dispose();
        }
    }

    private void End(string outcome)
    {
        if (!_ended)
        {
            _ended = true;
            _end(outcome);
        }
    }
}
