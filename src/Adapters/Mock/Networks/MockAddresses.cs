using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Networks;

internal sealed class MockAddresses(MockCalls calls) : IAddressService
{
    private const int LargestMbps = 10_000;

    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(MockOperations.CreateAddress, tables => Create(tables, spec, key), cancellationToken);

    public Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.FindAddress,
            tables => tables.Addresses.ByKey(key.Value) is { } row ? NetworkView.Of(row) : null,
            cancellationToken
        );

    public Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.AskAsync(MockOperations.GetAddress, tables => NetworkView.Of(tables.Address(id)), cancellationToken);

    public Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken) =>
        calls.TellAsync(
            MockOperations.SetBandwidth,
            tables =>
            {
                var row = tables.Address(id);
                RequireBandwidth(bandwidthMbps);
                if (row.BandwidthMbps != bandwidthMbps)
                {
                    calls.Cloud.Commit(new PutAddress(row with { BandwidthMbps = bandwidthMbps }));
                }
            },
            cancellationToken
        );

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(
            MockOperations.DeleteAddress,
            tables =>
            {
                if (tables.Addresses.TryGet(id.Value, out _))
                {
                    calls.Cloud.Commit(new RemoveAddress(id.Value));
                }
            },
            cancellationToken
        );

    private CloudAddress Create(CloudTables tables, AddressSpec spec, OperationKey key)
    {
        if (tables.Addresses.ByKey(key.Value) is { } made)
        {
            return NetworkView.Of(made);
        }

        RequireBandwidth(spec.BandwidthMbps);
        var row = new AddressRow
        {
            Id = $"{calls.Cloud.Pool}-eip-{tables.Made.Addresses + 1}",
            Key = key.Value,
            Name = spec.Name,
            Address = tables.PublicRange.Free() ?? throw MockErrors.NoCapacity("No public address is left."),
            BandwidthMbps = spec.BandwidthMbps,
        };
        calls.Cloud.Commit(new PutAddress(row));
        return NetworkView.Of(row);
    }

    private static void RequireBandwidth(int mbps)
    {
        if (mbps is < 1 or > LargestMbps)
        {
            throw MockErrors.Invalid($"A bandwidth is 1 to {LargestMbps} Mbps, not {mbps}.");
        }
    }
}
