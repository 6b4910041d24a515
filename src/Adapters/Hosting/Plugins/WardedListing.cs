namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// A plug-in's listing, read through the ward: what lies ready comes in one turn of a thread, so that a long listing does
/// not change threads for each item.
/// </summary>
internal sealed class WardedListing<T>(
    PluginWard ward,
    string operation,
    Func<CancellationToken, IAsyncEnumerable<T>> open
) : IAsyncEnumerable<T>
{
    private const int MostAtOnce = 256;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Reader(ward, operation, open, cancellationToken);

    private sealed class Reader(
        PluginWard ward,
        string operation,
        Func<CancellationToken, IAsyncEnumerable<T>> open,
        CancellationToken reading
    ) : IAsyncEnumerator<T>
    {
        private readonly CancellationTokenSource _whole = new();
        private readonly Lock _gate = new();
        private List<T> _batch = [];
        private int _at;
        private IAsyncEnumerator<T>? _items;
        private Task<bool>? _moving;
        private bool _isFilling;
        private bool _isClosed;

        public T Current => _batch[_at];

        public ValueTask<bool> MoveNextAsync() => ++_at < _batch.Count ? new(true) : new(FetchAsync());

        /// <summary>Lets go at once: the plug-in closes what it has open when it is ready to.</summary>
        public ValueTask DisposeAsync()
        {
            lock (_gate)
            {
                _isClosed = true;
                if (!_isFilling)
                {
                    ward.Post(operation, CloseAsync);
                }
            }

            return ValueTask.CompletedTask;
        }

        private async Task<bool> FetchAsync()
        {
            (_batch, _at) = (await ward.AskAsync(operation, FillAsync, reading), 0);
            return _batch.Count > 0;
        }

        private async Task<List<T>> FillAsync(CancellationToken own)
        {
            lock (_gate)
            {
                _isFilling = true;
            }

            try
            {
                await using var passing = own.Register(_whole.Cancel);
                return await NextAsync();
            }
            finally
            {
                lock (_gate)
                {
                    _isFilling = false;
                    if (_isClosed)
                    {
                        ward.Post(operation, CloseAsync);
                    }
                }
            }
        }

        /// <summary>The next item, however long it takes, and what lies ready behind it; nothing at the end.</summary>
        private async Task<List<T>> NextAsync()
        {
            var batch = new List<T>();
            _items ??= (open(_whole.Token) ?? throw Nothing()).GetAsyncEnumerator(_whole.Token) ?? throw Nothing();
            while (batch.Count < MostAtOnce)
            {
                _moving ??= _items.MoveNextAsync().AsTask();
                if (batch.Count > 0 && !_moving.IsCompletedSuccessfully)
                {
                    break;
                }

                if (!await _moving)
                {
                    break;
                }

                batch.Add(_items.Current ?? throw Nothing());
                _moving = null;
            }

            return batch;
        }

        private async Task CloseAsync()
        {
            await _whole.CancelAsync();
            await (_moving ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (_items?.DisposeAsync() ?? ValueTask.CompletedTask);
            _whole.Dispose();
        }

        private PluginFailedException Nothing() => PluginFailedException.Nothing(operation);
    }
}
