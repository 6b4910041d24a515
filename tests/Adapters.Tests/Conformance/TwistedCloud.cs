using System.Reflection;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.Conformance;

/// <summary>The mock pool with single services replaced or taken away.</summary>
internal sealed class TwistedCloud(ICloudAdapter inner) : ICloudAdapter
{
    public AdapterInfo Info { get; init; } = inner.Info;

    public Func<CancellationToken, Task>? Check { get; init; }

    public IServerService? Servers { get; init; } = inner.Servers;

    public IServerPower? Power { get; init; } = inner.Power;

    public IServerResizing? Resizing { get; init; } = inner.Resizing;

    public IVolumeService? Volumes { get; init; } = inner.Volumes;

    public IVolumeAttachment? Attachment { get; init; } = inner.Attachment;

    public ISnapshotService? Snapshots { get; init; } = inner.Snapshots;

    public IServerChanges? Changes { get; init; } = inner.Changes;

    public IConsoleSource? Console { get; init; } = inner.Console;

    public INetworkService? Networks { get; init; } = inner.Networks;

    public IAddressService? Addresses { get; init; } = inner.Addresses;

    public IAddressBinding? Binding { get; init; } = inner.Binding;

    public IOfferings? Offerings { get; init; } = inner.Offerings;

    public IInventory? Inventory { get; init; } = inner.Inventory;

    public IUsageSource? Usage { get; init; } = inner.Usage;

    public ICapacitySource? Capacity { get; init; } = inner.Capacity;

    public Task CheckAsync(CancellationToken cancellationToken) =>
        Check?.Invoke(cancellationToken) ?? inner.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

/// <summary>A service that does one of its calls otherwise than the one behind it.</summary>
internal class Twist<TService> : DispatchProxy
    where TService : class
{
    private TService _inner = null!;
    private string _method = "";
    private Func<object?[], Func<object?>, object?> _instead = null!;

    /// <param name="inner">The service behind it.</param>
    /// <param name="method">The call that is done otherwise.</param>
    /// <param name="instead">What to do: given the arguments, which it may change, and the real call.</param>
    public static TService Of(TService inner, string method, Func<object?[], Func<object?>, object?> instead)
    {
        var proxy = Create<TService, Twist<TService>>();
        var twist = (Twist<TService>)(object)proxy;
        (twist._inner, twist._method, twist._instead) = (inner, method, instead);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == _method
            ? _instead(args!, () => targetMethod.Invoke(_inner, args))
            : targetMethod.Invoke(_inner, args);
}
