using System.Diagnostics.CodeAnalysis;

namespace CloudManager.Adapters.Mock.State;

/// <summary>The rows of one kind, found by identifier and by operation key.</summary>
internal sealed class Table<TRow>
    where TRow : class, IRow
{
    private readonly Dictionary<string, TRow> _byId = [];
    private readonly Dictionary<string, string> _idByKey = [];

    public int Count => _byId.Count;

    public IReadOnlyCollection<TRow> Rows => _byId.Values;

    public bool TryGet(string? id, [NotNullWhen(true)] out TRow? row)
    {
        row = null;
        return id is not null && _byId.TryGetValue(id, out row);
    }

    public TRow? ByKey(string key) => _idByKey.TryGetValue(key, out var id) ? _byId[id] : null;

    /// <summary>Adds or replaces the row; answers the one it replaced.</summary>
    public TRow? Put(TRow row)
    {
        var old = _byId.GetValueOrDefault(row.Id);
        _byId[row.Id] = row;
        if (row.Key is not null)
        {
            _idByKey[row.Key] = row.Id;
        }

        return old;
    }

    /// <summary>Takes the row out; answers it.</summary>
    public TRow? Remove(string id)
    {
        if (_byId.Remove(id, out var row) && row.Key is not null)
        {
            _idByKey.Remove(row.Key);
        }

        return row;
    }
}
