using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Resources;

/// <summary>One row of the table resource.</summary>
internal class ResourceRow
{
    public const string Columns = """
        id, kind, tenant, system, region, pool, provider, item, spec, state, request, line, work_order, part_of,
        native_id, addresses, created_at, service_start, service_end
        """;

    public long Id { get; init; }
    public string Kind { get; init; } = "";
    public string Tenant { get; init; } = "";
    public string System { get; init; } = "";
    public string Region { get; init; } = "";
    public string Pool { get; init; } = "";
    public string Provider { get; init; } = "";
    public string Item { get; init; } = "";
    public string Spec { get; init; } = "";
    public string State { get; init; } = "";
    public long Request { get; init; }
    public int Line { get; init; }
    public long WorkOrder { get; init; }
    public long? PartOf { get; init; }
    public string? NativeId { get; init; }
    public string Addresses { get; init; } = "";
    public long CreatedAt { get; init; }
    public DateOnly? ServiceStart { get; init; }
    public DateOnly? ServiceEnd { get; init; }

    public static ResourceRow Of(Resource resource) =>
        new()
        {
            Id = resource.Id.Number,
            Kind = resource.Kind.ToString(),
            Tenant = resource.Tenant,
            System = resource.System,
            Region = resource.Region,
            Pool = resource.Pool.Value,
            Provider = resource.Provider,
            Item = resource.Item,
            Spec = Json.Write(resource.Spec),
            State = resource.State.ToString(),
            Request = resource.Request.Number,
            Line = resource.Line,
            WorkOrder = resource.WorkOrder.Number,
            PartOf = resource.PartOf?.Number,
            NativeId = resource.NativeId?.Value,
            Addresses = Json.Write(resource.Addresses),
            CreatedAt = resource.CreatedAt.ToUnixTimeMilliseconds(),
            ServiceStart = resource.ServiceStart,
            ServiceEnd = resource.ServiceEnd,
        };

    public Resource ToResource() =>
        new()
        {
            Id = new(Id),
            Kind = Enum.Parse<ItemKind>(Kind),
            Tenant = Tenant,
            System = System,
            Region = Region,
            Pool = new(Pool),
            Provider = Provider,
            Item = Item,
            Spec = Json.Read<Spec>(Spec),
            State = Enum.Parse<ResourceState>(State),
            Request = new(Request),
            Line = Line,
            WorkOrder = new(WorkOrder),
            PartOf = PartOf is { } part ? new ResourceId(part) : null,
            NativeId = NativeId is null ? null : new NativeId(NativeId),
            Addresses = Json.Read<List<string>>(Addresses),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            ServiceStart = ServiceStart,
            ServiceEnd = ServiceEnd,
        };
}
