using System.Text.Json;
using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Prometheus;

namespace CloudManager.Adapters.Tests.Hosting;

/// <summary>Hosts pools for a test.</summary>
internal static class Pools
{
    public static readonly PoolId Id = new("p-1");

    public static Pool Declared(PoolLimits? limits = null) =>
        new()
        {
            Id = Id,
            Name = "池",
            Provider = "provider-a",
            Region = "430000",
            Kind = PoolKind.New,
            Adapter = "Recording",
            Settings = JsonElement.Parse("{}"),
            Limits = limits ?? PoolLimits.Default,
            Mapping = new PoolMapping([], new Dictionary<string, string>(), new Dictionary<string, string>(), null),
        };

    public static HostedPools Host(IReadOnlyList<Pool> pools, TempFolder folder, params IAdapterFactory[] factories) =>
        new(
            pools,
            factories,
            new HostingContext(
                folder.Path,
                TimeProvider.System,
                new MachineClock(TimeProvider.System),
                NullLoggerFactory.Instance
            )
            {
                Metrics = Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()),
            }
        );
}

/// <summary>A factory that takes any settings, remembers what it was given and hands out one adapter.</summary>
internal sealed class RecordingFactory : IAdapterFactory
{
    public string Kind => "Recording";

    public List<AdapterContext> Given { get; } = [];

    public ICloudAdapter Adapter { get; init; } = Substitute.For<ICloudAdapter>();

    public IReadOnlyList<SettingFault> Validate(JsonElement settings) => [];

    public ICloudAdapter Create(AdapterContext context)
    {
        Given.Add(context);
        return Adapter;
    }
}
