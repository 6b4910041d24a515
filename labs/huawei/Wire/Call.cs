using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;

namespace CloudManager.Labs.Huawei.Wire;

/// <summary>An answer: status, body, headers beyond the usual.</summary>
internal sealed record Reply(int Status, JsonNode? Body = null)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Reply Ok(JsonNode body) => new(200, body);

    public static readonly Reply NoContent = new(204);
}

/// <summary>One call as a handler sees it: the state, the route, the query, the body.</summary>
internal sealed class Call(Cloud cloud, HttpContext context, ReadOnlyMemory<byte> body)
{
    private JsonNode? parsed;

    public Cloud Cloud { get; } = cloud;

    public string RequestId => context.Response.Headers["X-Request-Id"].ToString();

    public string BaseUrl => $"{context.Request.Scheme}://{context.Request.Host}";

    /// <summary>The body as JSON, an object unless a handler knows better.</summary>
    public JsonNode Json => parsed ??= Parse();

    public JsonObject Body =>
        Json as JsonObject ?? throw new Fault(400, "Common.0011", "request body is not an object");

    public string Route(string name) => (string)context.Request.RouteValues[name]!;

    public string Id => Route("id");

    public string? Query(string name) =>
        context.Request.Query.TryGetValue(name, out var values)
            ? values[0] is { Length: > 0 } text
                ? text
                : null
            : null;

    public IReadOnlyList<string> QueryAll(string name) => [.. context.Request.Query[name].OfType<string>()];

    public string? Header(string name) =>
        context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>A number of the query, refused by the service's own code where it is none or out of bounds.</summary>
    public int Number(string name, int otherwise, (int Least, int Most) bounds, string code)
    {
        if (Query(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, out var number) && number >= bounds.Least && number <= bounds.Most
            ? number
            : throw new Fault(400, code, $"query parameter {name} is invalid");
    }

    /// <summary>A member of the body that must be an object.</summary>
    public JsonObject Section(string name, string code) =>
        Body.Obj(name) ?? throw new Fault(400, code, $"request body has no {name}");

    private JsonNode Parse()
    {
        try
        {
            return JsonNode.Parse(body.Span) ?? throw new Fault(400, "Common.0011", "request body is illegal");
        }
        catch (JsonException)
        {
            throw new Fault(400, "Common.0011", "request body is illegal");
        }
    }
}
