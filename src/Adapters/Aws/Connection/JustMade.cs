using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>
/// What this process made within the settle time. EC2 is consistent in the end only: for some seconds a describe may
/// deny what a create has just answered. See https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
/// </summary>
internal sealed class JustMade<T>(TimeProvider machineTime)
    where T : class
{
    private readonly ConcurrentDictionary<NativeId, (OperationKey Key, T Thing, long At)> _made = new();

    public T Note(NativeId id, OperationKey key, T thing)
    {
        foreach (var (old, made) in _made)
        {
            if (!IsRecent(made.At))
            {
                _made.TryRemove(old, out _);
            }
        }

        _made[id] = (key, thing, machineTime.GetTimestamp());
        return thing;
    }

    public void Forget(NativeId id) => _made.TryRemove(id, out _);

    /// <summary>The thing as its create answered it; null if it is not that new.</summary>
    public T? Of(NativeId id) => _made.TryGetValue(id, out var made) && IsRecent(made.At) ? made.Thing : null;

    /// <summary>The same by the key.</summary>
    public T? Of(OperationKey key) => _made.Values.FirstOrDefault(made => made.Key == key && IsRecent(made.At)).Thing;

    private bool IsRecent(long at) => machineTime.GetElapsedTime(at) < Habits.SettleTime;
}

/// <summary>What EC2 is known for.</summary>
internal static class Habits
{
    /// <summary>How long a describe may miss a create; most are seen within a second.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(90);
}
