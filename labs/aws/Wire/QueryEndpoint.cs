using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CloudManager.Labs.Aws.Actions;
using CloudManager.Labs.Aws.Metrics;
using CloudManager.Labs.Aws.State;
using Microsoft.AspNetCore.WebUtilities;

namespace CloudManager.Labs.Aws.Wire;

/// <summary>The one address of both services: the version of a call tells whose it is.</summary>
internal sealed class QueryEndpoint(Region region, Counters counters)
{
    private const int LargestBody = 1 << 20;

    private readonly SignatureCheck _signatures = new(region.Options);

    public async Task AnswerAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        using var reader = new FormReader(Encoding.UTF8.GetString(bytes))
        {
            ValueCountLimit = 20_000,
            ValueLengthLimit = LargestBody,
        };
        var form = await reader.ReadFormAsync(context.RequestAborted);
        var request = new QueryRequest(
            form.Where(each => each.Key is not "Version").ToDictionary(each => each.Key, each => each.Value.ToString())
        );
        var isMetrics = form.TryGetValue("Version", out var version) && version == CloudWatch.Version;
        var id = Guid.NewGuid().ToString();
        var number = counters.Note(request.Action);
        await Task.Delay(region.Options.Latency, context.RequestAborted);
        string answer;
        try
        {
            Verify(context.Request, bytes, isMetrics);
            Throttle(number);
            answer = isMetrics ? Metrics(request, id) : Ec2(request, id);
        }
        catch (Refused refused)
        {
            context.Response.StatusCode = refused.Status;
            answer = isMetrics
                ? CloudWatch.Error(refused.Code, refused.Message, id)
                : Xml.Error(refused.Code, refused.Message, id);
        }

        context.Response.ContentType = "text/xml;charset=UTF-8";
        context.Response.Headers["x-amzn-RequestId"] = id;
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private void Verify(HttpRequest request, byte[] body, bool isMetrics)
    {
        try
        {
            _signatures.Verify(request, body, isMetrics ? "monitoring" : "ec2");
        }
        catch (Refused)
        {
            counters.NoteUnsigned();
            throw;
        }
    }

    private void Throttle(int number)
    {
        if (region.Options.ThrottleEvery is > 0 and var every && number % every == 0)
        {
            throw new Refused("RequestLimitExceeded", "Request limit exceeded.", 503);
        }
    }

    private string Ec2(QueryRequest request, string id)
    {
        if (!ActionTable.All.TryGetValue(request.Action, out var action))
        {
            throw new Refused(
                "InvalidAction",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The action {request.Action} is not valid for this web service."
                )
            );
        }

        lock (region.Lock)
        {
            region.Sweep();
            return Xml.Element(
                    $"{request.Action}Response",
                    Xml.Element("requestId", id),
                    action(region, request).ToArray()
                )
                .ToString(SaveOptions.DisableFormatting);
        }
    }

    private string Metrics(QueryRequest request, string id)
    {
        lock (region.Lock)
        {
            return CloudWatch.Answer(region, request, id).ToString(SaveOptions.DisableFormatting);
        }
    }
}
