using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Api.Web;

/// <summary>
/// The border of a request: what cannot be read becomes a 4xx that names the place, a bug becomes a 500 without detail
/// and one line in the log.
/// </summary>
internal sealed partial class Border(RequestDelegate next, ILogger<Border> logger)
{
    /// <summary>PostgreSQL's state for a text with U+0000, which no column of its can hold: nothing bears such a name.</summary>
    private const string NoText = "22021";

    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers["X-Correlation-Id"] = Problem.TraceIdOf(http);
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException fault) when (!http.Response.HasStarted)
        {
            await Answers.WriteAsync(http, fault.StatusCode, RefusalOf(fault));
        }
        catch (DbException fault) when (fault.SqlState == NoText && !http.Response.HasStarted)
        {
            var refusal = new Malformed(
                "input.noText",
                ("输入含有不可存储的字符 U+0000", "the input holds the character U+0000")
            );
            await Answers.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, refusal);
        }
        catch (SampleEngineException failure) when (!http.Response.HasStarted)
        {
            logger.LogWarning("{Method} {Path}: {Failure}", http.Request.Method, http.Request.Path, failure.Message);
            var refusal = new Malformed("samples.unavailable", failure.Words);
            await Answers.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
#pragma warning disable CA1031 // The border of a request: every bug ends here, logged once.
        catch (Exception bug) when (!http.Response.HasStarted)
#pragma warning restore CA1031
        {
            logger.LogError(bug, "{Method} {Path} broke", http.Request.Method, http.Request.Path);
            var refusal = new Malformed("internal", ("平台内部错误，已记录", "an internal error; it was logged"));
            await Answers.WriteAsync(http, StatusCodes.Status500InternalServerError, refusal);
        }
    }

    /// <summary>Says what is wrong with a call that could not be read; never the name of a type.</summary>
    internal static Refusal RefusalOf(BadHttpRequestException fault)
    {
        if (fault.InnerException is JsonException json)
        {
            return new Malformed(
                "json.invalid",
                ("请求正文不是所要求的 JSON", "the body is not the JSON that is asked for")
            )
            {
                Faults = [.. FaultsOf(json)],
            };
        }

        return fault.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => new Malformed(
                "body.tooLarge",
                ("请求正文超过 1 MiB（报送文件 16 MiB）", "the body is larger than 1 MiB, a file than 16 MiB")
            ),
            StatusCodes.Status415UnsupportedMediaType => new Malformed(
                "body.mediaType",
                ("正文须为 application/json", "the body must be application/json")
            ),
            _ => new Malformed("body.invalid", ("缺少请求正文或请求无法读取", "the body is missing or cannot be read")),
        };
    }

    private static IEnumerable<FieldFault> FaultsOf(JsonException json)
    {
        var path = json.Path ?? "$";
        path = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
        // What is missing stands in no path; its names are quoted in the message. Without a match the path says it.
        var missing = MissingMembers().Match(json.Message);
        if (!missing.Success)
        {
            return
            [
                new(path, null, ("符合接口说明的值", "a value as the interface describes it, and no other member")),
            ];
        }

        var prefix = path == "$" ? "" : $"{path}.";
        return missing
            .Groups["name"]
            .Captures.Select(name => new FieldFault(prefix + name.Value, null, ("必填", "a value: it is required")));
    }

    [GeneratedRegex(
        "missing required properties including: (?:(?:, )?'(?<name>[a-zA-Z]+)')+",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MissingMembers();
}
