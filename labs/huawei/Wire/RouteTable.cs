using CloudManager.Labs.Huawei.State;
using Microsoft.AspNetCore.Http.Features;

namespace CloudManager.Labs.Huawei.Wire;

/// <summary>What a path is known for: its name in counts, whose errors it answers with.</summary>
internal sealed record Known(string Name, Family Family);

/// <summary>The calls of the simulated cloud: verb, path, whose errors, what answers.</summary>
internal sealed class RouteTable(IEndpointRouteBuilder endpoints, Cloud cloud)
{
    /// <summary>The paths of one service that share the form of their errors.</summary>
    public RoutesOf Of(Family family) => new(this, family);

    public void Add(string method, string path, Family family, Func<Call, Reply> answer) =>
        endpoints
            .MapMethods(path, [method], context => AnswerAsync(context, family, answer))
            .WithMetadata(new Known($"{method} {path}", family));

    private async Task AnswerAsync(HttpContext context, Family family, Func<Call, Reply> answer)
    {
        var body = context.Features.GetRequiredFeature<SentBody>().Bytes;
        var trouble = context.Features.Get<Trouble>();
        Reply reply;
        lock (cloud.Gate)
        {
            cloud.Timeline.Advance();
            try
            {
                reply = answer(new Call(cloud, context, body));
            }
            catch (Fault fault)
            {
                var requestId = context.Response.Headers["X-Request-Id"].ToString();
                reply = new Reply(fault.Status, Envelope.Of(family, fault, requestId));
            }
        }

        await (trouble is null ? Gateway.WriteAsync(context, reply) : Gateway.WriteAsync(context, trouble));
    }
}

/// <summary>The paths of one service that share the form of their errors.</summary>
internal sealed class RoutesOf(RouteTable table, Family family)
{
    public RoutesOf Get(string path, Func<Call, Reply> answer) => Add("GET", path, answer);

    public RoutesOf Post(string path, Func<Call, Reply> answer) => Add("POST", path, answer);

    public RoutesOf Put(string path, Func<Call, Reply> answer) => Add("PUT", path, answer);

    public RoutesOf Patch(string path, Func<Call, Reply> answer) => Add("PATCH", path, answer);

    public RoutesOf Delete(string path, Func<Call, Reply> answer) => Add("DELETE", path, answer);

    private RoutesOf Add(string method, string path, Func<Call, Reply> answer)
    {
        table.Add(method, path, family, answer);
        return this;
    }
}

/// <summary>The body as it was sent.</summary>
internal sealed record SentBody(ReadOnlyMemory<byte> Bytes);
