using CloudManager.Adapters.Sdk;
using CloudManager.Api.Requests;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Inventory;

/// <summary>Taking over (纳管, art. 14): the technical department assigns what was found in a pool to a system.</summary>
internal sealed class TakeoversApi(
    TakeOverServers takeOver,
    IRequestStore requests,
    Creations creations,
    TimeProvider businessTime
) : IStation
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/takeovers", CreateAsync)
            .By(OrganisationKind.TechnicalDepartment)
            .Shows(TakeoverBody.Sample)
            .Produces<RequestView>(StatusCodes.Status201Created);
    }

    private Task<IResult> CreateAsync(Caller caller, TakeoverBody body, CancellationToken cancellationToken)
    {
        var creation = new Creation<ServiceRequest>
        {
            Intent = caller.Wants("takeover.create", "request", ""),
            Body = body,
            Collection = "/api/v1/requests",
            Make = (transaction, token) => takeOver.ExecuteAsync(transaction, caller.Actor, body.Read(), token),
            IdOf = made => made.Id.ToString(),
            Find = (transaction, id, token) =>
                NumberedId.TryParse(RequestId.Prefix, id, out var number)
                    ? requests.FindAsync(transaction, new RequestId(number), token)
                    : Task.FromResult<ServiceRequest?>(null),
        };
        return creations.RunAsync(
            caller,
            creation,
            made =>
            {
                Versions.Show(caller.Http.Response, made.Version);
                return RequestView.Of(made, caller.Actor, businessTime.GetUtcNow());
            },
            cancellationToken
        );
    }
}

/// <param name="System">The code of the system that the servers are for.</param>
/// <param name="Paper">The paper that proves whose they are, 1 to 200 characters.</param>
/// <param name="Lines">The servers; what is attached and bound to them comes with them.</param>
internal sealed record TakeoverBody(string System, string Paper, IReadOnlyList<TakeoverLineBody> Lines)
{
    public static TakeoverBody Sample { get; } =
        new("a-social-security", "数据局函〔2026〕15号", [new("mock-a", "mock-a-srv-42", "ecs-general")]);

    public TakeoverInput Read() => new(System, Paper, [.. Lines.Select(l => l.Read())]);
}

/// <param name="Pool">Where it is.</param>
/// <param name="NativeId">The cloud's identifier of the server.</param>
/// <param name="Item">The catalogue item of the server.</param>
/// <param name="VolumeItem">The item of its volumes; by default what the pool maps onto their type.</param>
/// <param name="AddressItem">The item of its public addresses; by default the catalogue's only one.</param>
/// <param name="SystemDiskGiB">Its system disk, which listings do not show; by default 40.</param>
/// <param name="BandwidthMbps">The bandwidth of its public addresses, where the cloud does not tell.</param>
internal sealed record TakeoverLineBody(
    string Pool,
    string NativeId,
    string Item,
    string? VolumeItem = null,
    string? AddressItem = null,
    int? SystemDiskGiB = null,
    int? BandwidthMbps = null
)
{
    public TakeoverLine Read() =>
        new(new PoolId(Pool), new NativeId(NativeId), Item)
        {
            VolumeItem = VolumeItem,
            AddressItem = AddressItem,
            SystemDiskGiB = SystemDiskGiB,
            BandwidthMbps = BandwidthMbps,
        };
}
