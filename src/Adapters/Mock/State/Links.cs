namespace CloudManager.Adapters.Mock.State;

/// <summary>Which children hang on which parent: volumes on a server, servers on a network.</summary>
internal sealed class Links
{
    private readonly Dictionary<string, HashSet<string>> _children = [];

    /// <summary>The children of this parent, as they are now.</summary>
    public IReadOnlyList<string> Of(string parent) =>
        _children.TryGetValue(parent, out var children) ? [.. children] : [];

    /// <summary>Whether anything hangs on this parent.</summary>
    public bool Any(string parent) => _children.ContainsKey(parent);

    /// <summary>Moves a child from one parent to another; null is no parent.</summary>
    public void Move(string child, string? from, string? to)
    {
        if (from is not null && _children.TryGetValue(from, out var old))
        {
            old.Remove(child);
            if (old.Count == 0)
            {
                _children.Remove(from);
            }
        }

        if (to is null)
        {
            return;
        }

        if (!_children.TryGetValue(to, out var children))
        {
            _children[to] = children = [];
        }

        children.Add(child);
    }
}
