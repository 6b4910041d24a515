using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Network;

/// <summary>Public addresses. The key is the address's alias, written by its create; no token keeps it unique.</summary>
internal sealed class EipAddresses(Vpc vpc, EipListing listing, AddressSettings settings, string enterpriseProject)
    : IAddressService
{
    /// <summary>The longest name of a bandwidth.</summary>
    private const int LongestName = 64;

    private readonly KeyTurns _turns = new();

    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    /// <summary>Of two made at once by two processes the one with the first id counts.</summary>
    public async Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        await ListAsync(cancellationToken)
            .Where(address => address.Key == key)
            .OrderBy(address => address.Id.Value, StringComparer.Ordinal)
            .FirstOrDefaultAsync(cancellationToken);

    public async Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(id, cancellationToken);
        return View(body, await listing.ServerAsync(body.PortId, cancellationToken));
    }

    public async Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken)
    {
        if (settings.BandwidthId is not null)
        {
            throw new AdapterException(
                FailureKind.Unsupported,
                "The addresses of this pool share one bandwidth (settings.address.shareType WHOLE)."
            );
        }

        var body = await BodyAsync(id, cancellationToken);
        if (body.BandwidthSize == bandwidthMbps)
        {
            return;
        }

        var bandwidth =
            body.BandwidthId
            ?? throw new AdapterException(FailureKind.Conflict, $"The address '{id}' has no bandwidth yet.");
        var request = new BandwidthRequest(new NewBandwidthSize(bandwidthMbps));
        await vpc.TellAsync<IEipApi>(
            (api, p) => api.SetBandwidthAsync(p, bandwidth, request, cancellationToken),
            cancellationToken
        );
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        try
        {
            await vpc.TellAsync<IEipApi>(
                (api, p) => api.DeleteAsync(p, id.Value, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // Gone is what was asked for.
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.InvalidRequest)
        {
            // It names nothing but the address: bound ones are not released.
            throw HuaweiErrors.As(FailureKind.Conflict, failure);
        }
    }

    /// <summary>All addresses of the project, page by page, each with the server that has it.</summary>
    public IAsyncEnumerable<CloudAddress> ListAsync(CancellationToken token) =>
        listing.ListAsync(token).Select(listed => View(listed.Eip, listed.Server));

    public async Task<EipBody> BodyAsync(NativeId id, CancellationToken token) =>
        (await vpc.AskAsync<IEipApi, EipAnswer>((api, p) => api.GetAsync(p, id.Value, token), token)).Eip;

    private async Task<CloudAddress> FindOrCreateAsync(AddressSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var bandwidth = settings.BandwidthId is { } shared
            ? new NewBandwidth(settings.ShareType) { Id = shared }
            : new NewBandwidth(settings.ShareType)
            {
                Name = spec.Name.Length <= LongestName ? spec.Name : spec.Name[..LongestName],
                Size = spec.BandwidthMbps,
                ChargeMode = settings.ChargeMode,
            };
        var request = new NewEipRequest(new NewEip(settings.Type, Keys.Alias(key)), bandwidth, enterpriseProject);
        try
        {
            var answer = await vpc.AskAsync<IEipApi, EipAnswer>((api, p) => api.CreateAsync(p, request, token), token);
            return View(answer.Eip, null) with { Key = key, BandwidthMbps = spec.BandwidthMbps };
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw HuaweiErrors.As(FailureKind.InvalidRequest, failure);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            // A new address has no name, place or port to conflict with: what is used up is the quota.
            throw HuaweiErrors.As(FailureKind.QuotaExceeded, failure);
        }
    }

    private static CloudAddress View(EipBody body, string? server) =>
        new()
        {
            Id = new NativeId(body.Id),
            Address = body.PublicIpAddress ?? "",
            State = State(body.Status),
            BandwidthMbps = body.BandwidthSize,
            BoundTo = string.IsNullOrEmpty(server) ? null : new NativeId(server),
            Key = Keys.FromAlias(body.Alias),
        };

    /// <summary>DOWN is what an unbound one is.</summary>
    private static CloudState State(string? status) =>
        status switch
        {
            "DOWN" or "ACTIVE" or "ELB" or "VPN" or null => CloudState.Active,
            "ERROR" or "BIND_ERROR" or "FREEZED" => CloudState.Error,
            _ => CloudState.Pending,
        };
}
