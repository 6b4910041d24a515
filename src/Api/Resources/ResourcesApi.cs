using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Api.Resources;

/// <summary>Cloud resources (云资源) by scope.</summary>
internal sealed class ResourcesApi(IBooks books, IResourceStore resources) : IStation
{
    private const string List = "resources";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/resources", ListAsync).By(WorkScope.Readers).Produces<PageView<ResourceView>>();
        api.MapGet("/resources/{id}", FindAsync).By(WorkScope.Readers).Produces<ResourceView>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var scope = WorkScope.Of(caller.Actor);
        var filter = new ResourceFilter
        {
            Tenant = scope.Tenant,
            Provider = scope.Provider,
            Region = scope.Region,
            System = query.Text("system"),
            Pool = query.Text("pool") is { } pool ? new PoolId(pool) : null,
            State = query.Word<ResourceState>("state"),
        };
        return query.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Answers.Of(
                List,
                await books.ReadAsync((t, c) => resources.ListAsync(t, filter, page, c), cancellationToken),
                ResourceView.Of
            );
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Answers.Of(await SeenAsync(books, resources, (caller, id), cancellationToken), ResourceView.Of);

    /// <summary>The resource, if the caller may know of it.</summary>
    internal static async Task<Result<Resource>> SeenAsync(
        IBooks books,
        IResourceStore resources,
        (Caller Caller, string Id) asked,
        CancellationToken cancellationToken
    )
    {
        var (caller, id) = asked;
        var found = NumberedId.TryParse(ResourceId.Prefix, id, out var number)
            ? await books.ReadAsync((t, c) => resources.FindAsync(t, new ResourceId(number), c), cancellationToken)
            : null;
        return found is null || !WorkScope.Of(caller.Actor).Shows(found.Provider, found.Tenant, found.Region)
            ? new NotFound("resource.notFound", ($"没有资源 {Ids.Shown(id)}", $"there is no resource {Ids.Shown(id)}"))
            : found;
    }
}

internal sealed record ResourceView
{
    public required string Id { get; init; }
    public required ItemKind Kind { get; init; }
    public required string Tenant { get; init; }
    public required string System { get; init; }
    public required string Pool { get; init; }
    public required string Provider { get; init; }
    public required string Item { get; init; }
    public required Spec Spec { get; init; }
    public required ResourceState State { get; init; }
    public required string Request { get; init; }
    public required int Line { get; init; }

    /// <summary>The server a volume or address belongs to, the network a server is in.</summary>
    public required string? PartOf { get; init; }
    public required string? NativeId { get; init; }
    public required IReadOnlyList<string> Addresses { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateOnly? ServiceStart { get; init; }
    public required DateOnly? ServiceEnd { get; init; }

    public static ResourceView Of(Resource resource) =>
        new()
        {
            Id = resource.Id.ToString(),
            Kind = resource.Kind,
            Tenant = resource.Tenant,
            System = resource.System,
            Pool = resource.Pool.Value,
            Provider = resource.Provider,
            Item = resource.Item,
            Spec = resource.Spec,
            State = resource.State,
            Request = resource.Request.ToString(),
            Line = resource.Line,
            PartOf = resource.PartOf?.ToString(),
            NativeId = resource.NativeId?.Value,
            Addresses = resource.Addresses,
            CreatedAt = resource.CreatedAt,
            ServiceStart = resource.ServiceStart,
            ServiceEnd = resource.ServiceEnd,
        };
}
