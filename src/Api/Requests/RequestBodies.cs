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

/// <summary>One line as it is asked for.</summary>
internal sealed record LineBody(string Item, int Quantity, Spec Spec, string? Pool = null, int? No = null)
{
    public LineInput Read() => new(Item, Quantity, Pools.Id(Pool), Spec, No);
}

/// <summary>What a step may take along; what it does not use is refused.</summary>
internal sealed record ActionBody(
    string? Opinion = null,
    string? Summary = null,
    IReadOnlyList<LineBody>? Lines = null,
    DateOnly? CompletedOn = null,
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
            Pool = Pools.Id(Pool),
            WorkOrder = WorkOrder,
        };
}

internal static class Pools
{
    public static PoolId? Id(string? text) => text is null ? null : new PoolId(text);
}
