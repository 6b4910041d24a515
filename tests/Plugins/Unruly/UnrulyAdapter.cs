using CloudManager.Adapters.Sdk;

namespace CloudManager.TestPlugins;

internal sealed class UnrulyAdapter(string mode) : ICloudAdapter, IServerService
{
    private static readonly CloudServer One = new()
    {
        Id = new NativeId("srv-1"),
        Name = "one",
        State = CloudState.Active,
        Size = new ServerSize(1, 1),
    };

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public AdapterInfo Info =>
        mode switch
        {
            "infoThrows" => throw new FormatException("token=hunter2"),
            "infoNull" => null!,
            _ => new("Unruly", "", new CloudLimits()),
        };

    public IServerService? Servers => mode == "getterHangs" ? UnrulyFactory.Hang<IServerService>() : this;

    public IInventory? Inventory => new UnrulyInventory(mode);

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        switch (mode)
        {
            case "threadCrashes":
                var thread = new Thread(() => throw new FormatException("token=hunter2"));
                thread.Start();
                thread.Join();
                break;
            case "asyncVoidCrashes":
                Escape();
                break;
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await Task.Yield();
        if (mode == "disposeHangs")
        {
            UnrulyFactory.Hang<int>();
        }
    }

    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        GetAsync(One.Id, cancellationToken);

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        Task.FromResult<CloudServer?>(null);

    public Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        mode switch
        {
            "callThrows" => throw new FormatException("token=hunter2"),
            "callHangs" => UnrulyFactory.Hang<Task<CloudServer>>(),
            "callHangsLater" => HangLaterAsync(),
            "callHangsTwice" => Interlocked.Increment(ref _calls) > 2
                ? Task.FromResult(One)
                : UnrulyFactory.Hang<Task<CloudServer>>(),
            "callForgetsItsToken" => _release.Task.ContinueWith(_ => One, TaskScheduler.Default),
            "nullTask" => null!,
            "nullAnswer" => Task.FromResult<CloudServer>(null!),
            "hostileException" => throw new HostileException(),
            "cancelHangs" => HangWhenCancelledAsync(cancellationToken),
            "cancelThrows" => ThrowWhenCancelledAsync(cancellationToken),
            _ => Task.FromResult(One),
        };

    /// <summary>What forgot its token goes on.</summary>
    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        _release.TrySetResult();
        return mode == "nullTask" ? null! : Task.CompletedTask;
    }

    private static async Task<CloudServer> HangLaterAsync()
    {
        await Task.Yield();
        return UnrulyFactory.Hang<CloudServer>();
    }

    private static async Task<CloudServer> HangWhenCancelledAsync(CancellationToken cancellationToken)
    {
        await using var hanging = cancellationToken.Register(() => UnrulyFactory.Hang<int>());
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return One;
    }

    private static async Task<CloudServer> ThrowWhenCancelledAsync(CancellationToken cancellationToken)
    {
        await using var throwing = cancellationToken.Register(() => throw new FormatException("token=hunter2"));
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return One;
    }

    private static async void Escape()
    {
        await Task.Yield();
        throw new FormatException("token=hunter2");
    }
}

/// <summary>Does harm to whoever asks what it says.</summary>
internal sealed class HostileException : Exception
{
    public override string Message => throw new InvalidOperationException("token=hunter2");

    public override string ToString() => throw new InvalidOperationException("token=hunter2");
}
