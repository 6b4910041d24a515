using CloudManager.Agent.Calls;

namespace CloudManager.Agent.Links;

/// <summary>A call this agent holds: under way, or answered and not yet acknowledged.</summary>
internal sealed class HeldCall(string id, CancellationToken stop) : IDisposable
{
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(stop);

    public string Id => id;

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Ends when nobody waits for it any more, or the agent ends.</summary>
    public CancellationToken Ended => _over.Token;

    /// <summary>Whether it takes one of the places; one that is answered does not.</summary>
    public bool IsRunning { get; set; }

    /// <summary>How many parts of its answer the platform has.</summary>
    public int Parts { get; set; }

    /// <summary>Its line in the journal; null for a call that only reads.</summary>
    public JournalEntry? Entry { get; set; }

    public Task Work { get; set; } = Task.CompletedTask;

    public async Task EndAsync()
    {
        IsOver = true;
        try
        {
            await _over.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It was delivered at this very moment.
        }
    }

    public void Dispose() => _over.Dispose();
}
