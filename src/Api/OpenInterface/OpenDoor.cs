using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Pools;

namespace CloudManager.Api.OpenInterface;

/// <summary>
/// Every call of the open interface comes through here: whose key it is, what comes back, and how a failure is told. A
/// call without a client's key reaches nothing.
/// </summary>
internal sealed class OpenDoor(
    IReadOnlyList<OpenClient> clients,
    IPools pools,
    ClientLedger ledger,
    Snapshots snapshots,
    ILogger<OpenDoor> logger
)
{
    private const string Bearer = "Bearer ";
    private const int LongestKey = 1000;

    /// <summary>What a call answers, in the words of the wire.</summary>
    public RequestDelegate Answer<T>(
        Func<ClientPool, HttpContext, CancellationToken, Task<T>> work,
        int status = 200
    ) =>
        http =>
            AnswerAsync(
                http,
                async (pool, token) =>
                {
                    var answer = await work(pool, http, token);
                    http.Response.StatusCode = status;
                    await http.Response.WriteAsJsonAsync(answer, OpenWire.Json, token);
                }
            );

    /// <summary>A call that answers nothing.</summary>
    public RequestDelegate Do(Func<ClientPool, HttpContext, CancellationToken, Task> work) =>
        http =>
            AnswerAsync(
                http,
                async (pool, token) =>
                {
                    await work(pool, http, token);
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                }
            );

    /// <summary>The body of a call.</summary>
    /// <exception cref="AdapterException">It is not what the contract says.</exception>
    public static async Task<T> BodyAsync<T>(HttpContext http, CancellationToken token)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, OpenWire.Json, token)
                ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw Invalid($"正文不符合约定 / the body does not fit the contract: {fault.Path ?? "$"}");
        }
    }

    public static AdapterException Invalid(string message) => new(FailureKind.InvalidRequest, message);

    private async Task AnswerAsync(HttpContext http, Func<ClientPool, CancellationToken, Task> work)
    {
        http.Response.Headers[OpenWire.RequestIdHeader] = Problem.TraceIdOf(http);
        try
        {
            var client = Whose(http);
            pools.TryFind(client.Pool, out var pool);
            var by = Origins.Of(http, $"open:{client.Name}", null);
            await work(new ClientPool(client, pool!, pools, ledger, by) { Snapshots = snapshots }, http.RequestAborted);
        }
        catch (AdapterException failure) when (!http.Response.HasStarted)
        {
            await TellAsync(http, failure);
        }
#pragma warning disable CA1031 // The border of a call: every bug ends here, logged once; whether it took effect is unknown.
        catch (Exception bug)
            when (bug is not (BadHttpRequestException or OperationCanceledException) && !http.Response.HasStarted)
#pragma warning restore CA1031
        {
            logger.LogError(bug, "{Method} {Path} broke", http.Request.Method, http.Request.Path);
            await TellAsync(
                http,
                new(FailureKind.Unavailable, "平台内部错误，已记录 / an internal error; it was logged")
            );
        }
    }

    private OpenClient Whose(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header.Length <= LongestKey)
        {
            var given = Encoding.ASCII.GetBytes(OpenClients.HashOf(header[Bearer.Length..].Trim()));
            foreach (var client in clients)
            {
                if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(client.KeyHash)))
                {
                    return client;
                }
            }
        }

        throw new AdapterException(FailureKind.Unauthenticated, "缺少密钥或密钥错误 / the key is missing or wrong");
    }

    private static Task TellAsync(HttpContext http, AdapterException failure)
    {
        var status = StatusOf(failure.Kind);
        if (failure.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = $"{(long)Math.Ceiling(wait.TotalSeconds)}";
        }

        var problem = new OpenProblem(
            failure.Kind.ToString(),
            status,
            failure.Message,
            JsonNamingPolicy.CamelCase.ConvertName(failure.Kind.ToString()),
            failure.RetryAfter?.TotalSeconds,
            failure.ProviderCode,
            failure.ProviderRequestId ?? Problem.TraceIdOf(http)
        );
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(problem, OpenWire.Json, Problem.MediaType, http.RequestAborted);
    }

    private static int StatusOf(FailureKind kind) =>
        kind switch
        {
            FailureKind.NotFound => StatusCodes.Status404NotFound,
            FailureKind.Conflict or FailureKind.QuotaExceeded or FailureKind.NoCapacity =>
                StatusCodes.Status409Conflict,
            FailureKind.InvalidRequest => StatusCodes.Status422UnprocessableEntity,
            FailureKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            FailureKind.Forbidden => StatusCodes.Status403Forbidden,
            FailureKind.Throttled => StatusCodes.Status429TooManyRequests,
            FailureKind.Unsupported => StatusCodes.Status501NotImplemented,
            _ => StatusCodes.Status503ServiceUnavailable,
        };
}
