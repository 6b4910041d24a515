namespace CloudManager.Labs.Huawei.State;

/// <summary>What will happen in the cloud by itself, in the order of its clock. Runs whenever somebody asks something.</summary>
internal sealed class Timeline(TimeProvider clock)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Number)> due = new();
    private long number;

    public DateTimeOffset Now { get; private set; } = clock.GetUtcNow();

    public void After(TimeSpan delay, Action happening) => due.Enqueue(happening, (Now + delay, ++number));

    /// <summary>Forgets what was to come.</summary>
    public void Clear() => due.Clear();

    /// <summary>Lets everything happen that is due by now, each at its own instant.</summary>
    public void Advance()
    {
        var now = clock.GetUtcNow();
        while (due.TryPeek(out var happening, out var when) && when.At <= now)
        {
            due.Dequeue();
            Now = when.At > Now ? when.At : Now;
            happening();
        }

        Now = now > Now ? now : Now;
    }
}
