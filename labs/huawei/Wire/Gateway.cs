using System.Text;
using CloudManager.Labs.Huawei.State;
using Microsoft.AspNetCore.Http.Features;

namespace CloudManager.Labs.Huawei.Wire;

/// <summary>
/// The API gateway in front of every service: request ids, signatures and tokens, throttling, unknown paths, and the
/// faults that a test ordered.
/// </summary>
internal sealed class Gateway(Cloud cloud, RequestDelegate next)
{
    private const int LargestBody = 12 * 1024 * 1024;
    private readonly SignatureVerifier verifier = new(
        key => cloud.Accounts.Keys.GetValueOrDefault(key),
        cloud.Options.Clock
    );

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/_lab", StringComparison.Ordinal))
        {
            context.Features.Set(new SentBody(await ReadAsync(context) ?? default));
            await next(context);
        }
        else
        {
            await ServeAsync(context);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        var known = context.GetEndpoint()?.Metadata.GetMetadata<Known>();
        var body = await ReadAsync(context);
        if (cloud.Options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(cloud.Options.Latency, context.RequestAborted);
        }

        Fault? fault;
        Trouble? trouble = null;
        lock (cloud.Gate)
        {
            cloud.Timeline.Advance();
            var id = cloud.Ids.NextHex();
            context.Response.Headers[known?.Family is Family.Iam ? "X-IAM-Trace-Id" : "X-Request-Id"] = id;
            fault = Check(context, known, body);
            trouble = fault is null ? cloud.Troubles.Take(context.Request.Method, context.Request.Path) : null;
        }

        if (fault is not null)
        {
            await RefuseAsync(context, fault);
            return;
        }

        if (trouble is { AfterWork: false })
        {
            await WriteAsync(context, trouble);
            return;
        }

        context.Features.Set(new SentBody(body!.Value));
        context.Features.Set(trouble);
        await next(context);
    }

    /// <summary>Writes an answer as JSON.</summary>
    public static async Task WriteAsync(HttpContext context, Reply reply)
    {
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (reply.Body is null)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(Json.Text(reply.Body));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Writes what a test ordered, or cuts the connection.</summary>
    public static async Task WriteAsync(HttpContext context, Trouble trouble)
    {
        if (trouble.Status == 0)
        {
            context.Abort();
            return;
        }

        if (trouble.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString();
        }

        if (trouble.Body is null)
        {
            await RefuseAsync(context, new Fault(trouble.Status, trouble.Code, trouble.Message));
            return;
        }

        context.Response.StatusCode = trouble.Status;
        context.Response.ContentType = trouble.ContentType;
        await context.Response.WriteAsync(trouble.Body, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, Fault fault)
    {
        var id = context.Response.Headers["X-Request-Id"].ToString();
        return WriteAsync(context, new Reply(fault.Status, Envelope.Of(Family.Gateway, fault, id)));
    }

    private Fault? Check(HttpContext context, Known? known, ReadOnlyMemory<byte>? body)
    {
        var number = cloud.Tally.Called(known?.Name ?? $"{context.Request.Method} unknown");
        if (body is null)
        {
            return new Fault(413, "APIGW.0201", "The request entity is too large");
        }

        if (known is null)
        {
            return new Fault(404, "APIGW.0101", "The API does not exist or has not been published in the environment");
        }

        // Who asks for a token brings no signature.
        if (known.Name == "POST /v3/auth/tokens")
        {
            return null;
        }

        return Unauthorized(context.Request, body.Value, out var caller)
            ?? Throttled(context, number)
            ?? WrongProject(context.Request, caller);
    }

    private Fault? Unauthorized(HttpRequest request, ReadOnlyMemory<byte> body, out Caller caller)
    {
        caller = new Caller(null);
        if (request.Headers.TryGetValue("X-Auth-Token", out var token))
        {
            cloud.Tally.ByToken++;
            if (cloud.Accounts.Tokens.TryGetValue(token.ToString(), out var known) && known.Expires > cloud.Now)
            {
                caller = new Caller(known.Project);
                return null;
            }

            return Refuse("token", "The token is invalid or has expired");
        }

        var wire = Wire(request, body);
        var key = wire.Headers.TryGetValue("authorization", out var header)
            ? Authorization.Parse(header)?.Access
            : null;
        if (key is not null && cloud.Accounts.IsLocked(key, cloud.Now))
        {
            return Refuse("locked", "access key is locked after wrong signatures");
        }

        var reason = verifier.Refusal(wire);
        if (key is not null)
        {
            cloud.Accounts.Count(key, reason is null, cloud.Options.LockAfter, cloud.Now);
        }

        if (reason is null)
        {
            cloud.Tally.Verified++;
            return null;
        }

        return Refuse(reason, reason);
    }

    private Fault Refuse(string counted, string reason)
    {
        cloud.Tally.Refuse(counted);
        return new Fault(401, "APIGW.0301", $"Incorrect IAM authentication information: {reason}");
    }

    private Fault? Throttled(HttpContext context, int number)
    {
        if (cloud.Options.ThrottleEvery <= 0 || number % cloud.Options.ThrottleEvery != 0)
        {
            return null;
        }

        cloud.Tally.Throttled++;
        if (cloud.Options.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString();
        }

        return new Fault(429, "APIGW.0308", "The throttling threshold has been reached: policy user over ratelimit");
    }

    private Fault? WrongProject(HttpRequest request, Caller caller)
    {
        var inPath = request.RouteValues["p"] as string;
        var inHeader = request.Headers["X-Project-Id"].ToString();
        var fits =
            (inPath is null || (cloud.HasProject(inPath) && (caller.Project is null || caller.Project == inPath)))
            && (inHeader.Length == 0 || inPath is null || inHeader == inPath);
        return fits ? null : new Fault(400, "VPC.0007", "urlTenantId is not equal to tokenTenantId");
    }

    private static WireRequest Wire(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var headers = request.Headers.ToDictionary(
            header => header.Key.ToLowerInvariant(),
            header => string.Join(',', header.Value.ToArray())
        );
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new WireRequest(request.Method, target, headers, body);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (all.Length + read > LargestBody)
            {
                return null;
            }

            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
