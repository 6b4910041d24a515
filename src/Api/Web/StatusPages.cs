using CloudManager.Core.Kernel;
using Microsoft.AspNetCore.Diagnostics;

namespace CloudManager.Api.Web;

/// <summary>Problem details for answers that no endpoint gave.</summary>
internal static class StatusPages
{
    public static Task WriteAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        return Of(http.Response.StatusCode) is { } refusal
            ? Answers.WriteAsync(http, http.Response.StatusCode, refusal)
            : Task.CompletedTask;
    }

    private static Refusal? Of(int status) =>
        status switch
        {
            StatusCodes.Status404NotFound => new NotFound("route.notFound", ("没有此地址", "there is no such address")),
            StatusCodes.Status405MethodNotAllowed => new Malformed(
                "route.methodNotAllowed",
                ("此地址不支持该方法", "this address does not take that method")
            ),
            StatusCodes.Status415UnsupportedMediaType => new Malformed(
                "body.mediaType",
                ("正文须为 application/json", "the body must be application/json")
            ),
            StatusCodes.Status413PayloadTooLarge => new Malformed(
                "body.tooLarge",
                ("请求正文超过 1 MiB", "the body is larger than 1 MiB")
            ),
            StatusCodes.Status400BadRequest => new Malformed(
                "body.invalid",
                ("请求无法读取", "the call cannot be read")
            ),
            _ => null,
        };
}
