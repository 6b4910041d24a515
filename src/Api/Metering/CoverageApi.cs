using CloudManager.Api.Resources;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Api.Metering;

/// <summary>How well a server was measured (采样覆盖率, art. 22): day by day, with the gaps.</summary>
internal sealed class CoverageApi(IBooks books, IResourceStore resources, ReadCoverage coverage) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/resources/{id}/coverage", ReadAsync).By(WorkScope.Readers).Produces<CoverageView>();

    private async Task<IResult> ReadAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await ResourcesApi.SeenAsync(books, resources, (caller, id), cancellationToken);
        if (found.Refusal is { } unknown)
        {
            return Answers.Refused(unknown);
        }

        var query = new Query(caller.Http.Request);
        var (from, until) = DayRange.Required(query, ReadCoverage.MostDays);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        if (found.Value.Kind != ItemKind.Server)
        {
            return Answers.Refused(NotMeasured(found.Value));
        }

        var days = await coverage.ExecuteAsync(found.Value, from, until, cancellationToken);
        return Results.Ok(new CoverageView(found.Value.Id.ToString(), from, until, days));
    }

    private static Conflict NotMeasured(Resource resource) =>
        new(
            "coverage.notAServer",
            (
                $"资源 {resource.Id} 不是云服务器，没有自己的监控数据",
                $"{resource.Id} is no server; nothing of it is measured by itself"
            )
        );
}

/// <summary>A window of days in a query.</summary>
internal static class DayRange
{
    /// <summary>The days from and until, both wanted; meaningless with a fault noted.</summary>
    public static (DateOnly From, DateOnly Until) Required(Query query, int mostDays)
    {
        var (from, until) = (Named(query, "from"), Named(query, "until"));
        if (from is null || until is null)
        {
            return default;
        }

        if (until <= from)
        {
            query.Fault("until", null, ("晚于 from", "later than from"));
        }
        else if (until.Value.DayNumber - from.Value.DayNumber > mostDays)
        {
            query.Fault("until", null, ($"from 之后至多 {mostDays} 天", $"at most {mostDays} days after from"));
        }

        return (from.Value, until.Value);
    }

    private static DateOnly? Named(Query query, string name)
    {
        var day = query.Day(name);
        if (!query.Has(name))
        {
            query.Fault(name, null, ("yyyy-MM-dd 格式的日期", "a day as yyyy-MM-dd"));
        }

        return day;
    }
}

/// <summary>The days of the window that are over and on which the server was in service.</summary>
internal sealed record CoverageView(string Resource, DateOnly From, DateOnly Until, IReadOnlyList<DayCoverage> Days);
