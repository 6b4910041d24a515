using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Networks;

/// <summary>What the cloud shows of networks and addresses.</summary>
internal static class NetworkView
{
    public static CloudNetwork Of(NetworkRow row) =>
        new()
        {
            Id = new NativeId(row.Id),
            Name = row.Name,
            State = CloudState.Active,
            Cidr = row.Cidr,
            Key = row.Key is null ? null : new OperationKey(row.Key),
        };

    public static CloudAddress Of(AddressRow row) =>
        new()
        {
            Id = new NativeId(row.Id),
            Address = row.Address,
            State = CloudState.Active,
            BandwidthMbps = row.BandwidthMbps,
            BoundTo = row.BoundTo is null ? null : new NativeId(row.BoundTo),
            Key = row.Key is null ? null : new OperationKey(row.Key),
        };

    /// <summary>The row of a public address that must exist.</summary>
    /// <exception cref="AdapterException">It does not.</exception>
    public static AddressRow Address(this CloudTables tables, NativeId id) =>
        tables.Addresses.TryGet(id.Value, out var row) ? row : throw MockErrors.NotFound("address", id.Value);
}
