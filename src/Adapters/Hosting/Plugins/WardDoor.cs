using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>Whether calls are let in to a plug-in: open, closed, or one on trial. Not safe for several threads by itself.</summary>
internal sealed class WardDoor(WardLimits limits)
{
    private static readonly TimeSpan LongestCoolDown = TimeSpan.FromDays(1);

    private int _outstanding;
    private string _last = "";
    private DateTimeOffset _since;
    private DateTimeOffset? _closedUntil;
    private TimeSpan _coolDown = limits.CoolDown;
    private bool _isTrying;

    public PoolMalfunction? Malfunction =>
        _closedUntil is { } until
            ? new PoolMalfunction(
                (
                    $"插件已停用：{_outstanding} 次调用一直未返回（最近为 {_last}），{China(until)} 之后再试，也可人工重新启用",
                    $"the plug-in is closed: {_outstanding} call(s) never came back (the last is {_last}); it is tried again after {China(until)}, or when a person reopens it"
                ),
                _since
            )
        : _outstanding > 0
            ? new PoolMalfunction(
                (
                    $"插件有 {_outstanding} 次调用一直未返回（最近为 {_last}）",
                    $"{_outstanding} call(s) of the plug-in have not come back (the last is {_last})"
                ),
                _since
            )
        : null;

    /// <summary>Lets a call in; true where it is the one on trial.</summary>
    /// <exception cref="AdapterException">The door is closed: nothing was done.</exception>
    public bool Enter(DateTimeOffset now)
    {
        if (_closedUntil is not { } until)
        {
            return false;
        }

        if (_isTrying || now < until)
        {
            throw PluginClosed.Because(Malfunction!.Reason, now < until ? until - now : limits.Grace);
        }

        return _isTrying = true;
    }

    /// <summary>A call came back in time, whatever it said: what was closed is open again.</summary>
    public void Came()
    {
        if (_isTrying)
        {
            (_closedUntil, _isTrying, _coolDown) = (null, false, limits.CoolDown);
        }
    }

    /// <summary>A call was given up and has not come back.</summary>
    public void GiveUp(string operation, bool isTrial, DateTimeOffset now)
    {
        _outstanding++;
        (_last, _since) = (operation, now);
        if (isTrial)
        {
            _isTrying = false;
            _coolDown = _coolDown * 2 < LongestCoolDown ? _coolDown * 2 : LongestCoolDown;
        }

        if (isTrial || _outstanding >= limits.MostGivenUp)
        {
            _closedUntil = now + _coolDown;
        }
    }

    /// <summary>A call that was given up came back after all.</summary>
    public void CameBack()
    {
        _outstanding--;
        if (_outstanding == 0)
        {
            (_closedUntil, _isTrying, _coolDown) = (null, false, limits.CoolDown);
        }
    }

    private static string China(DateTimeOffset at) => $"{at.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm:ss}";
}

/// <summary>What a call to a pool gets whose plug-in takes none: nothing was done, come again later.</summary>
internal static class PluginClosed
{
    public static AdapterException Because(Bilingual reason, TimeSpan retryAfter) =>
        new(FailureKind.Throttled, reason.ToString()) { RetryAfter = retryAfter };
}
