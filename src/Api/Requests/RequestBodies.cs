using System.Text.Json;
using System.Text.Json.Serialization;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Requests;

/// <summary>A request as a tenant writes it.</summary>
internal sealed record RequestBody(
    RequestType Type,
    string System,
    string Reason,
    IReadOnlyList<LineBody> Lines,
    string? Pool = null
)
{
    public static RequestBody Sample { get; } =
        new(
            RequestType.Provision,
            "a-social-security",
            "新增业务模块",
            [
                new LineBody(
                    "ecs-general",
                    2,
                    new Spec
                    {
                        Vcpus = 4,
                        MemoryGiB = 8,
                        Image = "kylin-v10-x86",
                    }
                ),
                new LineBody("vol-ssd", 2, new Spec { SizeGiB = 100 }),
            ],
            "mock-a"
        );

    public RequestInput Read() => new(Type, System, Pools.Id(Pool), Reason, [.. Lines.Select(l => l.Read())]);
}

/// <summary>
/// One line as it is asked for: an item, a quantity and a spec; or, of a change or a deregistration, a resource with the
/// wanted spec or with <c>remove</c>.
/// </summary>
/// <param name="Item">The catalogue item's code.</param>
/// <param name="Quantity">1 to 1,000.</param>
/// <param name="Spec">What exactly; of a resource, what it shall become: members not given stay.</param>
/// <param name="Pool">The pool; null for the request's own.</param>
/// <param name="No">Its number; null for its place.</param>
/// <param name="Resource">The resource in service to change or end, e.g. res-000001.</param>
/// <param name="Remove">Whether the resource is removed.</param>
/// <param name="To">The server in service an added volume or address goes to, or the network an added server joins.</param>
internal sealed record LineBody(
    string? Item = null,
    int? Quantity = null,
    Spec? Spec = null,
    string? Pool = null,
    int? No = null,
    string? Resource = null,
    bool? Remove = null,
    string? To = null
) : IJsonOnDeserialized
{
    /// <summary>A line that is not about a resource must say what it is for.</summary>
    public void OnDeserialized()
    {
        (string Name, object? Value)[] members = [("item", Item), ("quantity", Quantity), ("spec", Spec)];
        var missing = members.Where(m => Resource is null && m.Value is null).Select(m => $"'{m.Name}'").ToList();
        if (missing.Count > 0)
        {
            throw new JsonException($"missing required properties including: {string.Join(", ", missing)}");
        }
    }

    public LineInput Read() =>
        new(Item, Quantity, Pools.Id(Pool), Spec, No)
        {
            Resource = Resource,
            Remove = Remove ?? false,
            To = To,
        };
}

/// <summary>What a step may take along; what it does not use is refused.</summary>
internal sealed record ActionBody(
    string? Opinion = null,
    string? Summary = null,
    IReadOnlyList<LineBody>? Lines = null,
    DateOnly? CompletedOn = null,
    DateOnly? EndedOn = null,
    string? Pool = null,
    string? WorkOrder = null
)
{
    public static ActionBody Sample { get; } = new("同意");

    public ActionInput Read() =>
        new()
        {
            Opinion = Opinion,
            Summary = Summary,
            Lines = Lines is null ? null : [.. Lines.Select(l => l.Read())],
            CompletedOn = CompletedOn,
            EndedOn = EndedOn,
            Pool = Pools.Id(Pool),
            WorkOrder = WorkOrder,
        };
}

internal static class Pools
{
    public static PoolId? Id(string? text) => text is null ? null : new PoolId(text);
}
