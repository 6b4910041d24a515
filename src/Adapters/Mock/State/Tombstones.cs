namespace CloudManager.Adapters.Mock.State;

/// <summary>
/// The servers deleted lately: their measurements stay readable and the incremental listing still tells of them. Bounded
/// in time and number, whatever comes and goes; what is forgotten follows from what is added, so a replay forgets alike.
/// </summary>
internal sealed class Tombstones
{
    /// <summary>How long a deleted server is remembered, business time.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(31);

    /// <summary>How many deleted servers are remembered.</summary>
    public const int Most = 50_000;

    private readonly Dictionary<string, ServerRow> _byId = [];
    private readonly Queue<string> _oldestFirst = new();

    /// <summary>The servers, the one deleted first at the front.</summary>
    public IReadOnlyCollection<ServerRow> Rows => [.. _oldestFirst.Select(id => _byId[id])];

    public ServerRow? Find(string id) => _byId.GetValueOrDefault(id);

    public void Add(ServerRow row)
    {
        if (!_byId.ContainsKey(row.Id))
        {
            _oldestFirst.Enqueue(row.Id);
        }

        _byId[row.Id] = row;
        var forgotten = row.RemovedAt - (long)Kept.TotalMilliseconds;
        while (_oldestFirst.Count > Most || _byId[_oldestFirst.Peek()].RemovedAt < forgotten)
        {
            _byId.Remove(_oldestFirst.Dequeue());
        }
    }
}
