using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>What a scripted cloud answers when it is asked for samples.</summary>
internal delegate IAsyncEnumerable<IReadOnlyList<UsageSample>> Script(
    IReadOnlyList<NativeId> servers,
    DateTimeOffset from,
    DateTimeOffset until
);

/// <summary>Pools whose samples come from a script.</summary>
internal sealed class ScriptedPools : IPools
{
    private readonly Dictionary<PoolId, ScriptedAdapter> _adapters = [];

    public IReadOnlyList<Pool> Declared => [.. _adapters.Keys.Select(Declare)];

    public void Add(string pool, Script? script, Func<TimeSpan?>? clockOffset = null) =>
        _adapters[new(pool)] = new ScriptedAdapter(script, clockOffset ?? (() => null));

    public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool) =>
        (pool = _adapters.ContainsKey(id) ? Declare(id) : null) is not null;

    public ICloudAdapter Open(PoolId id) => _adapters[id];

    public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => [];

    private static Pool Declare(PoolId id) =>
        new()
        {
            Id = id,
            Name = id.Value,
            Provider = "provider-a",
            Region = "430000",
            Kind = PoolKind.New,
            Adapter = "Scripted",
            Settings = default(JsonElement),
            Limits = PoolLimits.Default,
            Mapping = new PoolMapping([], new Dictionary<string, string>(), new Dictionary<string, string>(), null),
        };

    private sealed class ScriptedAdapter(Script? script, Func<TimeSpan?> clockOffset) : ICloudAdapter, IUsageSource
    {
        public AdapterInfo Info { get; } = new("Scripted", "", new CloudLimits());

        public TimeSpan? ClockOffset => clockOffset();

        public IUsageSource? Usage => script is null ? null : this;

        public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
            IReadOnlyList<NativeId> servers,
            DateTimeOffset from,
            DateTimeOffset until,
            CancellationToken cancellationToken
        ) => script!(servers, from, until);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
