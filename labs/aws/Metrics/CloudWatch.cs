using System.Globalization;
using System.Xml.Linq;
using CloudManager.Labs.Aws.Actions;
using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Metrics;

/// <summary>
/// CloudWatch's GetMetricData in the Query protocol:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
/// </summary>
internal static class CloudWatch
{
    public const string Version = "2010-08-01";

    private const int MostQueries = 500;
    private const int MostPoints = 100_800;

    /// <summary>How long a value takes to be there.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);
    private static readonly XNamespace Names = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    private static readonly Dictionary<(string, string), (Series Series, string Stat)> Known = new()
    {
        [("AWS/EC2", "CPUUtilization")] = (Series.Cpu, "Average"),
        [("AWS/EC2", "NetworkIn")] = (Series.In, "Sum"),
        [("AWS/EC2", "NetworkOut")] = (Series.Out, "Sum"),
        [("CWAgent", "mem_used_percent")] = (Series.Memory, "Average"),
        [("CWAgent", "disk_used_percent")] = (Series.Disk, "Average"),
    };

    public static XElement Answer(Region region, QueryRequest request, string requestId)
    {
        if (request.Action != "GetMetricData")
        {
            throw new Refused("InvalidAction", $"The action {request.Action} is not valid for this web service.");
        }

        var queries = request.Parts("MetricDataQueries.member");
        if (queries.Count is 0 or > MostQueries)
        {
            throw new Refused(
                "ValidationError",
                $"The collection MetricDataQueries must have 1 to {MostQueries} members."
            );
        }

        var (from, until) = (Time(request, "StartTime"), Time(request, "EndTime"));
        if (from >= until)
        {
            throw new Refused("ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
        }

        var slots = Slots(region, from, until);
        var perPage = Math.Max(1, MostPoints / Math.Max(1, slots.Count));
        var first = Filters.From(request);
        var results = queries.Skip(first).Take(perPage).Select(query => Result(region, query, slots));
        var next = first + perPage < queries.Count ? Filters.Token(first + perPage) : null;
        return new XElement(
            Names + "GetMetricDataResponse",
            new XElement(
                Names + "GetMetricDataResult",
                new XElement(Names + "MetricDataResults", results),
                next is null ? null : new XElement(Names + "NextToken", next)
            ),
            new XElement(Names + "ResponseMetadata", new XElement(Names + "RequestId", requestId))
        );
    }

    public static string Error(string code, string message, string requestId) =>
        new XElement(
            Names + "ErrorResponse",
            new XElement(
                Names + "Error",
                new XElement(Names + "Type", "Sender"),
                new XElement(Names + "Code", code),
                new XElement(Names + "Message", message)
            ),
            new XElement(Names + "RequestId", requestId)
        ).ToString(SaveOptions.DisableFormatting);

    private static List<DateTimeOffset> Slots(Region region, DateTimeOffset from, DateTimeOffset until)
    {
        var step = TimeSpan.FromMinutes(5);
        var first = new DateTimeOffset(from.UtcTicks / step.Ticks * step.Ticks, TimeSpan.Zero);
        var there = region.Now - Delay;
        var slots = new List<DateTimeOffset>();
        for (var at = first; at < until && at + step <= there; at += step)
        {
            slots.Add(at);
        }

        return slots;
    }

    private static XElement Result(Region region, QueryRequest query, List<DateTimeOffset> slots)
    {
        var stat = query.Part("MetricStat");
        var name = stat.Text("Metric.MetricName") ?? "";
        var points = Points(region, stat, name, slots);
        return new XElement(
            Names + "member",
            new XElement(Names + "Id", query.Needed("Id")),
            new XElement(Names + "Label", name),
            new XElement(Names + "StatusCode", "Complete"),
            new XElement(
                Names + "Timestamps",
                points.Select(point => new XElement(Names + "member", point.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")))
            ),
            new XElement(
                Names + "Values",
                points.Select(point => new XElement(
                    Names + "member",
                    point.Value.ToString("R", CultureInfo.InvariantCulture)
                ))
            )
        );
    }

    private static List<(DateTimeOffset At, double Value)> Points(
        Region region,
        QueryRequest stat,
        string name,
        List<DateTimeOffset> slots
    )
    {
        var dimensions = stat.Parts("Metric.Dimensions.member");
        if (
            !Known.TryGetValue((stat.Text("Metric.Namespace") ?? "", name), out var known)
            || known.Stat != stat.Text("Stat")
            || stat.Number("Period") != 300
            || dimensions is not [var dimension]
            || dimension.Text("Name") != "InstanceId"
            || Server(region, dimension.Text("Value") ?? "") is not { } server
        )
        {
            return [];
        }

        return
        [
            .. slots
                .Where(at => at >= server.MadeAt)
                .Select(at => (At: at, Value: Measured.Value(region.Options, server.Id, known.Series, at)))
                .Where(point => point.Value is not null)
                .Select(point => (point.At, point.Value!.Value)),
        ];
    }

    private static InstanceThing? Server(Region region, string id) =>
        Premade.Find(region, id) ?? region.Instances.GetValueOrDefault(id);

    private static DateTimeOffset Time(QueryRequest request, string name) =>
        DateTimeOffset.TryParse(
            request.Needed(name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : throw new Refused("ValidationError", $"timestamp must follow ISO8601 in {name}");
}
