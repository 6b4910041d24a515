using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Composition;

/// <summary>Whether the start is finished.</summary>
internal sealed class Readiness
{
    public bool IsStarted { get; set; }
}

/// <summary>Live: the process answers. Ready: the start is finished, and the books and the engine of the samples answer.</summary>
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
        ISampleEngine samples,
        CancellationToken cancellationToken
    )
    {
        if (!readiness.IsStarted)
        {
            return Results.Text("starting", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        await books.ReadAsync(regions.AllAsync, cancellationToken);
        try
        {
            await samples.CheckAsync(cancellationToken);
        }
        catch (SampleEngineException silent)
        {
            return Results.Text(silent.Words.ToString(), statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        return Results.Text("ready");
    }
}
