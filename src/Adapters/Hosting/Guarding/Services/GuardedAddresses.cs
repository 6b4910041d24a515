using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedAddresses(IAddressService inner, CallGuard guard) : IAddressService
{
    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync(
            "createAddress",
            Repeat.WhenThrottled,
            token => inner.CreateAsync(spec, key, token),
            cancellationToken
        );

    public Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        guard.AskAsync("findAddress", Repeat.WhenTransient, token => inner.FindAsync(key, token), cancellationToken);

    public Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.AskAsync("getAddress", Repeat.WhenTransient, token => inner.GetAsync(id, token), cancellationToken);

    public Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "setBandwidth",
            Repeat.WhenTransient,
            token => inner.SetBandwidthAsync(id, bandwidthMbps, token),
            cancellationToken
        );

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        guard.TellAsync(
            "deleteAddress",
            Repeat.WhenTransient,
            token => inner.DeleteAsync(id, token),
            cancellationToken
        );
}
