using System.Globalization;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Web;

/// <summary>ETag and If-Match: the version of a thing between quotes.</summary>
internal static class Versions
{
    /// <summary>The version that the caller has seen; null if it does not say.</summary>
    public static Result<int?> Seen(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0 || (header.Count == 1 && header[0] == "*"))
        {
            return Result.Of<int?>(null);
        }

        var text = header.Count == 1 ? header[0]! : "";
        return
            text.Length > 2
            && text[0] == '"'
            && text[^1] == '"'
            && int.TryParse(
                text.AsSpan(1, text.Length - 2),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var version
            )
            ? Result.Of<int?>(version)
            : new Malformed(
                "header.ifMatchInvalid",
                ("If-Match 须为读取时得到的 ETag", "If-Match takes the ETag as it was read, e.g. \"3\"")
            );
    }

    public static void Show(HttpResponse response, int version) => response.Headers.ETag = $"\"{version}\"";
}
