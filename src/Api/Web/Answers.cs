using CloudManager.Core.Kernel;

namespace CloudManager.Api.Web;

/// <summary>Turns outcomes into HTTP answers.</summary>
internal static class Answers
{
    /// <summary>200 with what was done, or the problem.</summary>
    public static IResult Of<T>(Result<T> result, Func<T, object> show) =>
        result.Refusal is { } refusal ? Refused(refusal) : Results.Ok(show(result.Value));

    /// <summary>A page of a list.</summary>
    public static IResult Of<T, TView>(string list, Page<T> page, Func<T, TView> show) =>
        Results.Ok(new PageView<TView>([.. page.Items.Select(show)], Cursor.Write(list, page.Next)));

    /// <summary>204, or the problem.</summary>
    public static IResult Empty<T>(Result<T> result) =>
        result.Refusal is { } refusal ? Refused(refusal) : Results.NoContent();

    public static IResult Refused(Refusal refusal) => new RefusedResult(Problem.StatusOf(refusal), refusal);

    /// <summary>Writes a problem where no endpoint answers.</summary>
    public static Task WriteAsync(HttpContext http, int status, Refusal refusal) =>
        new RefusedResult(status, refusal).ExecuteAsync(http);

    private sealed class RefusedResult(int status, Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            var problem = Problem.Of(status, refusal, Problem.TraceIdOf(httpContext));
            return httpContext.Response.WriteAsJsonAsync(
                problem,
                options: null,
                Problem.MediaType,
                httpContext.RequestAborted
            );
        }
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">At most the asked number.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record PageView<T>(IReadOnlyList<T> Items, string? Next);
