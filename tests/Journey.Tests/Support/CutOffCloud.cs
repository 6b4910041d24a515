using System.Collections.Concurrent;
using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Journey.Tests.Support;

/// <summary>When a cloud's first answer to the creation of a server is lost.</summary>
public enum Cut
{
    /// <summary>Before anything was made.</summary>
    BeforeMaking,

    /// <summary>After the server was made; the cloud lost the key it was made under.</summary>
    AfterMaking,
}

/// <summary>A mock pool's cloud that keeps no keys unique and loses the first answer to each creation of a server.</summary>
internal sealed class CutOffFactory(Cut cut) : IAdapterFactory
{
    private readonly MockAdapterFactory _mock = new();

    public static IReadOnlyList<IAdapterFactory> All { get; } =
    [.. Enum.GetValues<Cut>().Select(c => new CutOffFactory(c))];

    public string Kind => cut.ToString();

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => _mock.Validate(settings);

    public ICloudAdapter Create(AdapterContext context) => new CutOffCloud(_mock.Create(context), cut);
}

/// <summary>The cloud itself: all but the creation and the keys of servers is the mock's.</summary>
internal sealed class CutOffCloud(ICloudAdapter mock, Cut cut) : ICloudAdapter, IServerService
{
    private readonly ConcurrentDictionary<OperationKey, bool> _asked = new();

    /// <summary>Either no keys at all are kept unique, or those of servers alone are not: what a person is asked is the same.</summary>
    public AdapterInfo Info =>
        mock.Info with
        {
            Limits =
                cut == Cut.BeforeMaking
                    ? new CloudLimits()
                    : new CloudLimits { CreateIsIdempotent = true, WithoutToken = CreationKinds.Servers },
        };

    public IServerService Servers => this;
    public IServerPower? Power => mock.Power;
    public IServerResizing? Resizing => mock.Resizing;
    public IVolumeService? Volumes => mock.Volumes;
    public IInventory? Inventory => mock.Inventory;

    public Task CheckAsync(CancellationToken cancellationToken) => mock.CheckAsync(cancellationToken);

    public async Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken)
    {
        var first = _asked.TryAdd(key, true);
        var made =
            first && cut == Cut.BeforeMaking ? null : await mock.Servers!.CreateAsync(spec, key, cancellationToken);
        return first ? throw new AdapterException(FailureKind.Unavailable, "the connection was cut") : made!;
    }

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        Task.FromResult<CloudServer?>(null);

    public async Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var server = await mock.Servers!.GetAsync(id, cancellationToken);
        return cut == Cut.AfterMaking ? server with { Key = null } : server;
    }

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        mock.Servers!.DeleteAsync(id, cancellationToken);

    public ValueTask DisposeAsync() => mock.DisposeAsync();
}
