using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Composition;

/// <summary>Whether the start is finished.</summary>
internal sealed class Readiness
{
    public bool IsStarted { get; set; }
}

/// <summary>Live: the process answers. Ready: the start is finished and the books answer.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(
        Readiness readiness,
        IBooks books,
        IRegionStore regions,
        CancellationToken cancellationToken
    )
    {
        if (!readiness.IsStarted)
        {
            return Results.Text("starting", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        await books.ReadAsync(regions.AllAsync, cancellationToken);
        return Results.Text("ready");
    }
}
