using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.State;

/// <summary>Who a call comes from.</summary>
/// <param name="Project">The project its credential is good for; null where it is for the account.</param>
internal sealed record Caller(string? Project);

/// <summary>Access keys, tokens given out, and keys locked after wrong signatures.</summary>
internal sealed class Accounts
{
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, (int Wrong, DateTimeOffset? Until)> wrong = [];

    public Dictionary<string, Credential> Keys { get; } = [];

    public Dictionary<string, (DateTimeOffset Expires, string? Project)> Tokens { get; } = [];

    public bool IsLocked(string key, DateTimeOffset now) => wrong.GetValueOrDefault(key).Until > now;

    /// <summary>Counts a signature; enough wrong ones in a row lock the key.</summary>
    public void Count(string key, bool good, int lockAfter, DateTimeOffset now)
    {
        if (good)
        {
            wrong.Remove(key);
            return;
        }

        var times = wrong.GetValueOrDefault(key).Wrong + 1;
        var locked = lockAfter > 0 && times >= lockAfter;
        wrong[key] = locked ? (0, now + LockTime) : (times, null);
    }

    public void Unlock() => wrong.Clear();
}
