using System.Text.Json;
using CloudManager.Adapters.Relay;
using CloudManager.Adapters.Relay.Queue;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Api.Web;
using CloudManager.Core.Pools;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CloudManager.Api.Agents;

/// <summary>
/// Where site agents (现场代理) fetch their pool's calls and deliver the answers. These two addresses take an agent's key
/// or certificate and nothing else, and an agent's key opens nothing else.
/// </summary>
internal static class AgentsApi
{
    public static IServiceCollection AddAgents(this IServiceCollection services, IReadOnlyList<Pool> pools)
    {
        services.AddSingleton<PoolRelays>().AddSingleton<AgentGate>();
        if (pools.Any(TakesCertificates))
        {
            // Only then: a browser that has certificates would ask its user which to show.
            services.Configure<KestrelServerOptions>(kestrel =>
                kestrel.ConfigureHttpsDefaults(https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    // Which certificate opens which pool is declared by its hash; who issued it does not matter.
                    https.ClientCertificateValidation = (_, _, _) => true;
                })
            );
        }

        return services;
    }

    public static void MapAgents(this IEndpointRouteBuilder app)
    {
        app.MapPost("/agent/v1/pools/{pool}/lease", LeaseAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/agent/v1/pools/{pool}/answers", AnswerAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task LeaseAsync(HttpContext http, string pool, AgentGate gate)
    {
        if (await gate.AdmitAsync(http, pool) is not { } admitted)
        {
            return;
        }

        if (await ReadAsync<LeaseRequest>(http) is not { } request)
        {
            return;
        }

        if (FaultOf(request) is { } fault)
        {
            await Answers.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, AgentRefusals.Invalid(fault));
            return;
        }

        var answer = await admitted.Relay.LeaseAsync(request, admitted.Credential, http.RequestAborted);
        if (answer is null)
        {
            await Answers.WriteAsync(http, StatusCodes.Status409Conflict, AgentRefusals.NoRoom);
            return;
        }

        await http.Response.WriteAsJsonAsync(answer, RelayJson.Strict, http.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext http, string pool, AgentGate gate)
    {
        if (await gate.AdmitAsync(http, pool) is not { } admitted)
        {
            return;
        }

        if (await ReadAsync<AnswerPart>(http) is not { } part)
        {
            return;
        }

        switch (await admitted.Relay.AnswerAsync(part, admitted.Credential, http.RequestAborted))
        {
            case Taking.Taken:
            case Taking.Before:
                await http.Response.WriteAsJsonAsync(new { }, http.RequestAborted);
                return;
            case Taking.Full:
                await Answers.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, AgentRefusals.Full);
                return;
            case Taking.Gone:
                await Answers.WriteAsync(http, StatusCodes.Status410Gone, AgentRefusals.Gone);
                return;
            case Taking.NotYours:
                await Answers.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, AgentRefusals.NotYours);
                return;
            default:
                await Answers.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, AgentRefusals.OutOfOrder);
                return;
        }
    }

    /// <summary>The message; null where a refusal was answered. Its version is looked at before its shape.</summary>
    private static async Task<T?> ReadAsync<T>(HttpContext http)
        where T : class
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
            var version = VersionOf(document.RootElement);
            if (version == RelayContract.Version)
            {
                return document.RootElement.Deserialize<T>(RelayJson.Strict)
                    ?? throw new JsonException("null", "$", null, null);
            }

            await Answers.WriteAsync(http, StatusCodes.Status409Conflict, AgentRefusals.Contract(version));
        }
        catch (JsonException fault)
        {
            await Answers.WriteAsync(http, StatusCodes.Status400BadRequest, AgentRefusals.Malformed(fault.Path ?? "$"));
        }

        return null;
    }

    private static int? VersionOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("contract", out var version)
        && version.ValueKind == JsonValueKind.Number
        && version.TryGetInt32(out var number)
            ? number
            : null;

    private static string? FaultOf(LeaseRequest request)
    {
        var (name, journal, instance, version) = request.Agent;
        if (new[] { name, journal, instance, version }.Any(text => text.Length is 0 or > 100))
        {
            return "agent";
        }

        if (request.Places is < 0 or > 256)
        {
            return "places";
        }

        if (request.WaitSeconds < 0 || request.WaitSeconds > RelayContract.LongestPoll.TotalSeconds)
        {
            return "waitSeconds";
        }

        return request.Holds.Count > RelayContract.MostHeld || request.Holds.Any(id => id is null or { Length: > 64 })
            ? "holds"
            : null;
    }

    private static bool TakesCertificates(Pool pool) =>
        pool.Adapter == AgentAdapterFactory.KindName
        && pool.Settings.ValueKind == JsonValueKind.Object
        && pool.Settings.TryGetProperty("certificates", out _);
}
