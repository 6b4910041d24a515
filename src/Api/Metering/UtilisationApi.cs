using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Api.Metering;

/// <summary>Utilisation (使用率, art. 22, 25) of servers in service by scope.</summary>
internal sealed class UtilisationApi(ReadUtilisation utilisation, TimeProvider businessTime) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/utilisation", ListAsync).By(WorkScope.Readers).Produces<PageView<UtilisationView>>();

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var by = query.Word<UtilisationBy>("by") ?? UtilisationBy.Resource;
        // A place among systems is none among servers: a cursor leads on in rows of one kind only.
        var list = $"utilisation by {by}";
        var page = query.Page(list);
        var days = Days(query);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var scope = WorkScope.Of(caller.Actor);
        var asked = new UtilisationQuery(by, days!.Value.From, days.Value.Until)
        {
            Tenant = scope.Tenant,
            Provider = scope.Provider,
            Region = scope.Region,
        };
        var (from, until) = utilisation.Over(asked);
        var window = new WindowView(from, until);
        return Answers.Of(
            list,
            await utilisation.PageAsync(asked, page, cancellationToken),
            row => UtilisationView.Of(row, window)
        );
    }

    /// <summary>The month's or the day's days; null with a fault noted where neither or both are given.</summary>
    private (DateOnly From, DateOnly Until)? Days(Query query)
    {
        var (monthText, day) = (query.Text("month"), query.Day("day"));
        var today = businessTime.Today();
        if (monthText is not null)
        {
            if (!Month.TryParse(monthText, out var month))
            {
                query.Fault("month", monthText, ("yyyy-MM 格式的月份", "a month as yyyy-MM"));
            }
            else if (query.Has("day"))
            {
                query.Fault("day", null, ("month 与 day 只给其一", "either month or day, not both"));
            }
            else if (month > Month.Of(today))
            {
                query.Fault("month", monthText, ("不晚于本月", "not later than this month"));
            }
            else
            {
                return (month.First, month.End);
            }
        }
        else if (day is { } only && only <= today)
        {
            return (only, only.AddDays(1));
        }
        else if (day is not null)
        {
            query.Fault("day", null, ("不晚于今天", "not later than today"));
        }
        else if (!query.Has("day"))
        {
            query.Fault("month", null, ("month 或 day 须给其一", "month or day must be given"));
        }

        return null;
    }
}

/// <summary>One row: a server, or the capacity-weighted roll-up of servers.</summary>
internal sealed record UtilisationView
{
    public string? Resource { get; init; }
    public string? System { get; init; }
    public string? Tenant { get; init; }
    public string? Pool { get; init; }

    /// <summary>How many servers in service it holds.</summary>
    public required int Resources { get; init; }

    /// <summary>How many of them nobody measured.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The days of the query that are over.</summary>
    public required WindowView Window { get; init; }

    public required Utilisation Cpu { get; init; }
    public required Utilisation Memory { get; init; }
    public required Utilisation Disk { get; init; }

    public static UtilisationView Of(UtilisationRow row, WindowView window) =>
        new()
        {
            Resource = row.Resource?.ToString(),
            System = row.System,
            Tenant = row.Tenant,
            Pool = row.Pool?.Value,
            Resources = row.Resources,
            LeftOut = row.LeftOut,
            Window = window,
            Cpu = row.Cpu,
            Memory = row.Memory,
            Disk = row.Disk,
        };
}

/// <summary>The days [From, Until).</summary>
internal sealed record WindowView(DateOnly From, DateOnly Until);
