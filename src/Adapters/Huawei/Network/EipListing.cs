using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Network;

/// <summary>A public address and the server that has it; null for none.</summary>
internal readonly record struct HeldEip(EipBody Eip, string? Server);

/// <summary>
/// Lists public addresses with the servers that have them: by version 3, which says so itself; where the cloud has none,
/// as private editions may, by version 1 and the ports of those that are bound.
/// </summary>
internal sealed class EipListing(Vpc vpc)
{
    private const int PageSize = 1_000;
    private volatile bool _isOld;

    public async IAsyncEnumerable<HeldEip> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        var listed = Pages.EachAsync(marker => PageAsync(marker, token), held => held.Eip.Id, token);
        await foreach (var each in listed)
        {
            yield return each.Eip.PortId is { } port ? each with { Server = await ServerAsync(port, token) } : each;
        }
    }

    /// <summary>The server whose port it is; null where no server has it.</summary>
    public async Task<string?> ServerAsync(string? port, CancellationToken token)
    {
        if (string.IsNullOrEmpty(port))
        {
            return null;
        }

        try
        {
            var answer = await vpc.AskAsync<ISubnetApi, PortAnswer>(
                (api, p) => api.GetPortAsync(p, port, token),
                token
            );
            return answer.Port.DeviceId;
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    private async Task<Page<HeldEip>> PageAsync(string? marker, CancellationToken token)
    {
        var query = new VpcQuery
        {
            Limit = PageSize,
            Marker = marker,
            EnterpriseProject = VpcQuery.AllEnterpriseProjects,
        };
        if (!_isOld)
        {
            try
            {
                return await NewPageAsync(query, token);
            }
            catch (AdapterException failure)
                when (marker is null && failure.Kind is (FailureKind.Unsupported or FailureKind.NotFound))
            {
                // A listing is always there, so it is its version that is not.
                _isOld = true;
            }
        }

        var page = await vpc.AskAsync<IEipListApi, OldEipsAnswer>((api, p) => api.ListOldAsync(p, query, token), token);
        return new Page<HeldEip>([.. page.Eips.Select(eip => new HeldEip(eip, null))], page.Eips.Count == PageSize);
    }

    private async Task<Page<HeldEip>> NewPageAsync(VpcQuery query, CancellationToken token)
    {
        var page = await vpc.AskAsync<IEipListApi, EipsAnswer>((api, p) => api.ListAsync(p, query, token), token);
        return new Page<HeldEip>([.. page.Eips.Select(Held)], page.PageInfo?.NextMarker is { Length: > 0 });
    }

    private static HeldEip Held(ListedEip listed) =>
        new(
            new EipBody(listed.Id, listed.PublicIpAddress, listed.Status)
            {
                Alias = listed.Alias,
                BandwidthSize = listed.Bandwidth?.Size,
            },
            listed.Vnic?.DeviceId
        );
}
