using CloudManager.Api.Agents;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using Prometheus;
using Scalar.AspNetCore;

namespace CloudManager.Api.Composition;

/// <summary>What the web host needs: strict JSON, small bodies, logs, description, figures.</summary>
internal static class WebServices
{
    private const long BodyLimit = 1024 * 1024;

    public static void AddWeb(this WebApplicationBuilder builder, string urls)
    {
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = BodyLimit;
            kestrel.AddServerHeader = false;
        });
        builder.Host.UseDefaultServiceProvider(provider =>
        {
            provider.ValidateOnBuild = true;
            provider.ValidateScopes = true;
        });
        builder.Services.ConfigureHttpJsonOptions(json => JsonRules.Apply(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddDescription();
    }

    /// <summary>One JSON object a line on standard output; each carries the trace id that answers and audit carry.</summary>
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fffzzz ";
        });
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        // The border logs what broke; the server would log the same once more.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
    }

    public static void UseWeb(this WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                context.Response.Headers.XContentTypeOptions = "nosniff";
                return next(context);
            }
        );
        app.UseMiddleware<Border>();
        app.UseStatusCodePages(StatusPages.WriteAsync);
        app.UseRouting();
        app.UseHttpMetrics();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStations();
        app.MapAgents();
        app.MapMetrics().AllowAnonymous();
        app.MapHealth();
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", Page).AllowAnonymous();
    }

    private static void MapStations(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilter(app.Services.GetRequiredService<AccessGate>());
        foreach (var station in app.Services.GetServices<IStation>())
        {
            station.Map(api.MapGroup("").WithTags(station.GetType().Name.Replace("Api", "", StringComparison.Ordinal)));
        }
    }

    /// <summary>Works without any other host: nothing is fetched from outside.</summary>
    private static void Page(ScalarOptions page)
    {
        page.Title = "CloudManager";
        page.DefaultFonts = false;
        page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        page.HideClientButton = true;
        page.Telemetry = false;
        page.ProxyUrl = null;
        page.Agent = new ScalarAgentOptions { Disabled = true };
        page.Mcp = new ScalarMcpOptions { Disabled = true };
    }
}
