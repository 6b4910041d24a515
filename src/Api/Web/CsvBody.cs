using System.Net.Http.Headers;
using System.Text;
using CloudManager.Core.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace CloudManager.Api.Web;

/// <summary>Bodies that are CSV files: UTF-8, and larger than other bodies where an endpoint says so.</summary>
internal static class CsvBody
{
    public const string MediaType = "text/csv";

    /// <summary>The most bytes of a file that people hand in.</summary>
    public const int FileLimit = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The endpoint takes files of up to 16 MiB.</summary>
    public static TBuilder TakesFiles<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestSizeLimitAttribute(FileLimit));

    public static bool Is(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == MediaType;

    public static async Task<Result<string>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!Is(request))
        {
            return new Malformed("body.mediaType", ("正文须为 text/csv", "the body must be text/csv"));
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            return Strict.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            return new Malformed(
                "csv.notUtf8",
                ("文件须为 UTF-8 编码（另存为“CSV UTF-8”）", "the file must be UTF-8 (save it as CSV UTF-8)")
            );
        }
    }
}
