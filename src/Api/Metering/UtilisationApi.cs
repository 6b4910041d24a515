using System.Text.Json.Serialization;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Metering;

/// <summary>Utilisation (使用率, art. 22, 25) of servers in service by scope.</summary>
internal sealed class UtilisationApi(ReadUtilisation utilisation, Exports exports, TimeProvider businessTime) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/utilisation", ListAsync).By(WorkScope.Readers).Produces<PageView<UtilisationView>>();

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var (by, step) = (
            query.Word<UtilisationBy>("by") ?? UtilisationBy.Resource,
            query.Word<UtilisationStep>("step")
        );
        // A place among systems is none among servers: a cursor leads on in rows of one kind only.
        var list = step is null ? $"utilisation by {by}" : $"utilisation by {by} per {step}";
        var page = query.Page(list);
        var format = Exports.FormatOf(query);
        var asked = Asked(query, caller, by, step);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        if (format != ExportFormat.Json)
        {
            var rows = asked is null
                ? AsyncEnumerable.Empty<UtilisationRow>()
                : utilisation.AllAsync(asked, cancellationToken);
            return exports.Answer(format, "utilisation", MeteringTables.Of(rows));
        }

        var found = asked is null ? new([], null) : await utilisation.PageAsync(asked, page, cancellationToken);
        return Answers.Of(list, found, UtilisationView.Of);
    }

    /// <summary>What is asked for; null where it lies outside what the caller sees, or where the query is refused.</summary>
    private UtilisationQuery? Asked(Query query, Caller caller, UtilisationBy by, UtilisationStep? step)
    {
        var scope = WorkScope.Of(caller.Actor);
        var days = new DayWindows(query, businessTime.Today(), ReadUtilisation.MostDays).Read();
        var (tenant, region) = (query.Text("tenant"), query.Text("region"));
        var (system, pool) = (query.Text("system"), query.Text("pool"));
        if (days is not { } window || IsOutside(scope.Tenant, tenant) || IsOutside(scope.Region, region))
        {
            return null;
        }

        return new(by, window.From, window.Until)
        {
            Tenant = tenant ?? scope.Tenant,
            Provider = scope.Provider,
            Region = region ?? scope.Region,
            System = system,
            Pool = pool is null ? null : new PoolId(pool),
            Step = step,
        };
    }

    private static bool IsOutside(string? own, string? asked) => own is not null && asked is not null && own != asked;
}

/// <summary>One row: a server or volume, or the capacity-weighted roll-up of servers.</summary>
internal sealed record UtilisationView
{
    public string? Resource { get; init; }
    public string? System { get; init; }
    public string? Tenant { get; init; }
    public string? Pool { get; init; }

    /// <summary>The region's code; only of a roll-up by region.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; init; }

    /// <summary>The province's code; only of a roll-up by province.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Province { get; init; }

    /// <summary>The server that a volume is attached to; only of a volume that is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AttachedTo { get; init; }

    /// <summary>GiB; only of a volume.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AllocatedGiB { get; init; }

    /// <summary>How many servers in service it holds.</summary>
    public required int Resources { get; init; }

    /// <summary>How many of them nobody measured: they are in none of the numbers.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The cores of those.</summary>
    public required long LeftOutVcpus { get; init; }

    /// <summary>The cores of all its servers.</summary>
    public required long Vcpus { get; init; }

    /// <summary>The memory of all its servers, GiB.</summary>
    public required long MemoryGiB { get; init; }

    /// <summary>The days of the query, or of the step, that are over.</summary>
    public required WindowView Window { get; init; }

    public required Utilisation Cpu { get; init; }
    public required Utilisation Memory { get; init; }
    public required Utilisation Disk { get; init; }

    public static UtilisationView Of(UtilisationRow row) =>
        new()
        {
            Resource = row.Resource?.ToString(),
            System = row.System,
            Tenant = row.Tenant,
            Pool = row.Pool?.Value,
            Region = row.Region,
            Province = row.Province,
            AttachedTo = row.AttachedTo?.ToString(),
            AllocatedGiB = row.AllocatedGiB,
            Resources = row.Resources,
            LeftOut = row.LeftOut,
            LeftOutVcpus = row.LeftOutVcpus,
            Vcpus = row.Vcpus,
            MemoryGiB = row.MemoryGiB,
            Window = new(row.Window.From, row.Window.Until),
            Cpu = row.Cpu,
            Memory = row.Memory,
            Disk = row.Disk,
        };
}

/// <summary>The days [From, Until).</summary>
internal sealed record WindowView(DateOnly From, DateOnly Until);
