using System.Globalization;
using CloudManager.Api.Resources;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Api.Metering;

/// <summary>A server's samples (采样) in steps.</summary>
internal sealed class SamplesApi(IBooks books, IResourceStore resources, ReadSeries series, Exports exports) : IStation
{
    private static readonly Bilingual StepForm = (
        "如 5m、1h、1d，5 分钟的整数倍，至多 30d",
        "a whole multiple of five minutes such as 5m, 1h, 1d, at most 30d"
    );

    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(30);

    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/resources/{id}/samples", ReadAsync).By(WorkScope.Readers).Produces<SeriesView>();

    private async Task<IResult> ReadAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await ResourcesApi.SeenAsync(books, resources, (caller, id), cancellationToken);
        if (found.Refusal is { } unknown)
        {
            return Answers.Refused(unknown);
        }

        var query = new Query(caller.Http.Request);
        var (from, until, text) = (Required(query, "from"), Required(query, "until"), query.Text("step"));
        var step = Step(query, text);
        var format = Exports.FormatOf(query);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var asked = new SeriesQuery(found.Value.Id, from!.Value, until!.Value, step!.Value);
        if (asked.Refusal is { } no)
        {
            return Answers.Refused(no);
        }

        var points = await series.ExecuteAsync(asked, cancellationToken);
        return format == ExportFormat.Json
            ? Results.Ok(new SeriesView(asked.Resource.ToString(), asked.From, asked.Until, text!, points))
            : exports.Answer(format, $"samples-{asked.Resource}", MeteringTables.Of(points));
    }

    private static DateTimeOffset? Required(Query query, string name)
    {
        var instant = query.Instant(name);
        if (!query.Has(name))
        {
            query.Fault(name, null, ("带时区的 ISO 8601 时刻", "an ISO 8601 instant with its offset"));
        }

        return instant;
    }

    /// <summary>A number with m, h or d; null with a fault noted for any other text.</summary>
    private static TimeSpan? Step(Query query, string? text)
    {
        var unit = text?.LastOrDefault() switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        if (
            unit > TimeSpan.Zero
            && int.TryParse(
                text.AsSpan(0, text!.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var count
            )
            && count is > 0 and <= 43_200
            && unit * count is var step
            && step <= LongestStep
            && step.Ticks % Slots.Length.Ticks == 0
        )
        {
            return step;
        }

        query.Fault("step", text, StepForm);
        return null;
    }
}

/// <summary>A server's samples: every step has a point.</summary>
internal sealed record SeriesView(
    string Resource,
    DateTimeOffset From,
    DateTimeOffset Until,
    string Step,
    IReadOnlyList<SeriesPoint> Points
);
