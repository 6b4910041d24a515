namespace CloudManager.Adapters.Mock.State;

/// <summary>
/// The simulated cloud behind one pool: its tables, its journal, and one caller at a time, also among the processes that
/// share its state file.
/// </summary>
internal sealed class SimulatedCloud : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CloudTables _tables = new();
    private readonly Journal? _journal;
    private readonly TimeProvider _businessTime;
    private bool _disposed;

    /// <param name="pool">The pool's id, part of all identifiers.</param>
    /// <param name="path">The state file; null: in memory only.</param>
    /// <param name="businessTime">When things are made and measured.</param>
    /// <param name="machineTime">How long the state file is waited for.</param>
    public SimulatedCloud(string pool, string? path, TimeProvider businessTime, TimeProvider machineTime)
    {
        Pool = pool;
        _businessTime = businessTime;
        _journal = path is null ? null : Journal.Open(path, pool, _tables, Snapshot, machineTime);
    }

    public string Pool { get; }

    /// <summary>Business time in Unix milliseconds.</summary>
    public long Now => _businessTime.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Different after every restart: what chance follows from.</summary>
    public ulong Stream => Dice.Roll((ulong)_tables.Openings, (ulong)_tables.LinesBefore);

    /// <summary>Runs the action alone, on what all processes did before.</summary>
    public T Run<T>(Func<CloudTables, T> action)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using var entered = _journal?.Enter();
            return action(_tables);
        }
    }

    /// <summary>Makes the change last, then true. Called inside <see cref="Run"/>.</summary>
    public void Commit(Change change)
    {
        if (_journal is null)
        {
            _tables.Apply(change);
            return;
        }

        _journal.Append(change);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _journal?.Dispose();
        }
    }

    private IEnumerable<Change> Snapshot()
    {
        var forgotten = Now - (long)Tombstones.Kept.TotalMilliseconds;
        return
        [
            .. _tables.Networks.Rows.Select(row => new PutNetwork(row)),
            .. _tables.Servers.Rows.Select(row => new PutServer(row)),
            .. _tables.Removed.Where(row => row.RemovedAt >= forgotten).Select(row => new PutServer(row)),
            .. _tables.Volumes.Rows.Select(row => new PutVolume(row)),
            .. _tables.Snapshots.Rows.Select(row => new PutSnapshot(row)),
            .. _tables.Addresses.Rows.Select(row => new PutAddress(row)),
        ];
    }
}
