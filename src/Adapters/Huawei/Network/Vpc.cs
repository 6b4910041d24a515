namespace CloudManager.Adapters.Huawei.Network;

/// <summary>The calls to the VPC host that several services make.</summary>
internal sealed class Vpc(HuaweiDoor door)
{
    private const int PageSize = 1_000;

    public Task<TAnswer> AskAsync<TApi, TAnswer>(Func<TApi, string, Task<TAnswer>> call, CancellationToken token) =>
        door.AskAsync(CloudServices.Vpc, call, token);

    public Task TellAsync<TApi>(Func<TApi, string, Task> call, CancellationToken token) =>
        door.TellAsync(CloudServices.Vpc, call, token);

    public async Task<VpcBody> GetAsync(string id, CancellationToken token) =>
        (await AskAsync<IVpcApi, VpcAnswer>((api, p) => api.GetAsync(p, id, token), token)).Vpc;

    /// <summary>All VPCs of the project, page by page; there is no next link: a full page may have another after it.</summary>
    public IAsyncEnumerable<VpcBody> ListAsync(CancellationToken token) =>
        EachAsync<IVpcApi, VpcsAnswer, VpcBody>(
            new VpcQuery { EnterpriseProject = VpcQuery.AllEnterpriseProjects },
            (api, p, query) => api.ListAsync(p, query, token),
            answer => answer.Vpcs,
            vpc => vpc.Id,
            token
        );

    public IAsyncEnumerable<SubnetBody> SubnetsAsync(string vpc, CancellationToken token) =>
        EachAsync<ISubnetApi, SubnetsAnswer, SubnetBody>(
            new VpcQuery { Vpc = vpc },
            (api, p, query) => api.ListAsync(p, query, token),
            answer => answer.Subnets,
            subnet => subnet.Id,
            token
        );

    public IAsyncEnumerable<PortBody> PortsAsync(VpcQuery ports, CancellationToken token) =>
        EachAsync<ISubnetApi, PortsAnswer, PortBody>(
            ports,
            (api, p, query) => api.ListPortsAsync(p, query, token),
            answer => answer.Ports,
            port => port.Id,
            token
        );

    public IAsyncEnumerable<SecurityGroupBody> GroupsAsync(CancellationToken token) =>
        EachAsync<ISecurityGroupApi, SecurityGroupsAnswer, SecurityGroupBody>(
            new VpcQuery { EnterpriseProject = VpcQuery.AllEnterpriseProjects },
            (api, p, query) => api.ListAsync(p, query, token),
            answer => answer.SecurityGroups,
            group => group.Id,
            token
        );

    private IAsyncEnumerable<TItem> EachAsync<TApi, TAnswer, TItem>(
        VpcQuery query,
        Func<TApi, string, VpcQuery, Task<TAnswer>> list,
        Func<TAnswer, IReadOnlyList<TItem>> items,
        Func<TItem, string> id,
        CancellationToken token
    ) =>
        Pages.EachAsync(
            async marker =>
            {
                var asked = query with { Limit = PageSize, Marker = marker };
                var page = items(await AskAsync<TApi, TAnswer>((api, p) => list(api, p, asked), token));
                return new Page<TItem>(page, page.Count == PageSize);
            },
            id,
            token
        );
}
