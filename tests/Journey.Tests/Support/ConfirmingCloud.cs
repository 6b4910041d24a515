using System.Collections.Concurrent;
using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Journey.Tests.Support;

/// <summary>How a cloud that asks for confirmation takes a resize.</summary>
internal enum Habit
{
    /// <summary>As it should.</summary>
    Confirms,

    /// <summary>It takes the call, finds no host, and the server runs on as it was.</summary>
    FindsNoHost,

    /// <summary>The server runs at its new size, and the confirmation is refused.</summary>
    RefusesConfirmation,
}

/// <summary>A mock pool's cloud whose resizes wait for confirmation, as OpenStack's do.</summary>
internal sealed class ConfirmingFactory(Habit habit) : IAdapterFactory
{
    private readonly MockAdapterFactory _mock = new();

    public static IReadOnlyList<IAdapterFactory> All { get; } =
    [.. Enum.GetValues<Habit>().Select(h => new ConfirmingFactory(h))];

    public string Kind => habit.ToString();

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => _mock.Validate(settings);

    public ICloudAdapter Create(AdapterContext context) => new ConfirmingCloud(_mock.Create(context), habit);
}

/// <summary>The cloud itself: all but servers and their sizes is the mock's.</summary>
internal sealed class ConfirmingCloud(ICloudAdapter mock, Habit habit) : ICloudAdapter, IServerService, IServerResizing
{
    private readonly ConcurrentDictionary<NativeId, (string Flavour, ServerSize Size)> _waiting = new();
    private readonly ConcurrentDictionary<NativeId, string> _faults = new();

    public AdapterInfo Info => mock.Info;
    public IServerService Servers => this;
    public IServerResizing Resizing => this;
    public IServerPower? Power => mock.Power;
    public IVolumeService? Volumes => mock.Volumes;
    public IVolumeAttachment? Attachment => mock.Attachment;
    public INetworkService? Networks => mock.Networks;
    public IAddressService? Addresses => mock.Addresses;
    public IAddressBinding? Binding => mock.Binding;
    public IInventory? Inventory => mock.Inventory;
    public IUsageSource? Usage => mock.Usage;

    public Task CheckAsync(CancellationToken cancellationToken) => mock.CheckAsync(cancellationToken);

    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        mock.Servers!.CreateAsync(spec, key, cancellationToken);

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        mock.Servers!.FindAsync(key, cancellationToken);

    public async Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var server = await mock.Servers!.GetAsync(id, cancellationToken);
        return _waiting.TryGetValue(id, out var resize)
            ? server with
            {
                State = CloudState.Resized,
                Size = resize.Size,
            }
            : server with
            {
                Fault = _faults.GetValueOrDefault(id),
            };
    }

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        mock.Servers!.DeleteAsync(id, cancellationToken);

    public Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken)
    {
        if (habit == Habit.FindsNoHost)
        {
            _faults[id] = "No valid host was found";
        }
        else
        {
            _waiting[id] = (flavour, size);
        }

        return Task.CompletedTask;
    }

    public async Task ConfirmAsync(NativeId id, CancellationToken cancellationToken)
    {
        if (_waiting.TryGetValue(id, out var resize))
        {
            if (habit == Habit.RefusesConfirmation)
            {
                throw new AdapterException(FailureKind.Forbidden, "the policy forbids it");
            }

            await mock.Resizing!.ResizeAsync(id, resize.Flavour, resize.Size, cancellationToken);
            _waiting.TryRemove(id, out _);
        }
    }

    public Task RevertAsync(NativeId id, CancellationToken cancellationToken)
    {
        _waiting.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => mock.DisposeAsync();
}
