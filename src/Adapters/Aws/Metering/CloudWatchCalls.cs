using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Metering;

/// <summary>The values of one query.</summary>
/// <param name="Id">The query's id.</param>
/// <param name="Points">Its values by instant; a further page may hold more of them.</param>
internal sealed record MetricResult(string Id, IReadOnlyList<(DateTimeOffset At, double Value)> Points);

/// <summary>
/// CloudWatch's GetMetricData in its Query protocol:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
/// </summary>
internal sealed class CloudWatchCalls(AwsSettings settings, HttpClient http, TimeProvider machineTime)
{
    private const string Call = "CloudWatch GetMetricData";

    private static readonly XNamespace Names = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    private readonly AwsErrors _errors = new(settings, machineTime);
    private readonly SigningKey _key = new(
        settings.AccessKey,
        settings.SecretKey,
        settings.SessionToken,
        $"{settings.Region}/monitoring"
    );

    /// <summary>Makes the call and reads the page it answers.</summary>
    public async Task<Page<MetricResult>> AskAsync(
        IReadOnlyDictionary<string, string> form,
        CancellationToken cancellationToken
    )
    {
        var head = AnswerHead.Begin();
        try
        {
            using var call = Request(form);
            using var answer = await http.SendAsync(call, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? Read(text)
                : throw _errors.Refused(Call, (int)answer.StatusCode, Refusal(text), head);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or XmlException or FormatException)
        {
            throw _errors.Translate(Call, fault, head);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AdapterException(FailureKind.Unavailable, $"{Call} was broken off.");
        }
    }

    private HttpRequestMessage Request(IReadOnlyDictionary<string, string> form)
    {
        var text = string.Join('&', form.Select(each => $"{each.Key}={Uri.EscapeDataString(each.Value)}"));
        var body = Encoding.UTF8.GetBytes(text);
        var call = new HttpRequestMessage(HttpMethod.Post, settings.Monitoring)
        {
            Content = new ByteArrayContent(body),
        };
        call.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            "application/x-www-form-urlencoded; charset=utf-8"
        );
        _key.Sign(call, body, machineTime.GetUtcNow());
        return call;
    }

    private static Page<MetricResult> Read(string text)
    {
        var result = XDocument.Parse(text).Root?.Element(Names + "GetMetricDataResult");
        return result is null
            ? throw new FormatException("there is no GetMetricDataResult")
            : new Page<MetricResult>(
                [.. Members(result, "MetricDataResults").Select(Result)],
                result.Element(Names + "NextToken")?.Value
            );
    }

    private static MetricResult Result(XElement member)
    {
        var times = Members(member, "Timestamps").Select(each => Time(each.Value));
        var values = Members(member, "Values").Select(each => double.Parse(each.Value, CultureInfo.InvariantCulture));
        return new MetricResult(member.Element(Names + "Id")?.Value ?? "", [.. times.Zip(values)]);
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static IEnumerable<XElement> Members(XElement parent, string name) =>
        parent.Element(Names + name)?.Elements(Names + "member") ?? [];

    private static Refusal Refusal(string text)
    {
        try
        {
            var root = XDocument.Parse(text).Root;
            var error = root?.Descendants().FirstOrDefault(each => each.Name.LocalName == "Error");
            return new Refusal(
                Text(error, "Code"),
                Text(error, "Message"),
                root?.Descendants()
                    .FirstOrDefault(each => "RequestId".Equals(each.Name.LocalName, StringComparison.OrdinalIgnoreCase))
                    ?.Value
            );
        }
        catch (XmlException)
        {
            return new Refusal(null, null, null);
        }
    }

    private static string? Text(XElement? error, string name) =>
        error?.Elements().FirstOrDefault(each => each.Name.LocalName == name)?.Value;
}
