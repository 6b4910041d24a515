using System.Xml;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>The head of the answer to the call under way: what the SDK's exceptions leave out.</summary>
internal sealed class AnswerHead
{
    private static readonly AsyncLocal<AnswerHead?> Now = new();

    public int? Status { get; private set; }

    public TimeSpan? RetryAfter { get; private set; }

    public DateTimeOffset? RetryAt { get; private set; }

    public string? RequestId { get; private set; }

    public string? ContentType { get; private set; }

    /// <summary>The head that the calls made from here on write to.</summary>
    public static AnswerHead Begin() => Now.Value = new AnswerHead();

    public static void Note(HttpResponseMessage answer)
    {
        if (Now.Value is not { } head)
        {
            return;
        }

        head.Status = (int)answer.StatusCode;
        head.RetryAfter = answer.Headers.RetryAfter?.Delta;
        head.RetryAt = answer.Headers.RetryAfter?.Date;
        head.ContentType = answer.Content.Headers.ContentType?.MediaType;
        head.RequestId =
            answer.Headers.TryGetValues("x-amzn-RequestId", out var ids)
            || answer.Headers.TryGetValues("x-amz-request-id", out ids)
                ? ids.FirstOrDefault()
                : null;
    }
}

/// <summary>
/// Notes the head of each answer, takes in no more of its body than a page may have, and lets through only what is an
/// answer: the SDK takes a redirect, or the page of a proxy, for the success of any call that answers nothing.
/// </summary>
internal sealed class AnswerWatch(HttpMessageHandler inner, long most = AnswerWatch.Most) : DelegatingHandler(inner)
{
    public const long Most = 32L << 20;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        try
        {
            AnswerHead.Note(answer);
            var body = await TakeInAsync(answer, cancellationToken);
            if ((int)answer.StatusCode < 400 && !IsAnswer(answer, body))
            {
                throw Foreign(request, answer);
            }

            body.Position = 0;
            var taken = new StreamContent(body);
            foreach (var header in answer.Content.Headers.Where(each => each.Key != "Content-Length"))
            {
                taken.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            answer.Content = taken;
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<MemoryStream> TakeInAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var body = new MemoryStream();
        try
        {
            var source = await answer.Content.ReadAsStreamAsync(token);
            var piece = new byte[16_384];
            int read;
            while ((read = await source.ReadAsync(piece, token)) > 0 && body.Length <= most)
            {
                body.Write(piece, 0, read);
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new AdapterException(FailureKind.Unavailable, $"The answer broke off: {fault.Message}");
        }

        return body.Length <= most
            ? body
            : throw new AdapterException(
                FailureKind.Unavailable,
                $"The answer has more than {most >> 20} MiB, which no page of this service has."
            );
    }

    /// <summary>Whether it is XML whose outermost element is that of an answer, e.g. <c>RunInstancesResponse</c>.</summary>
    private static bool IsAnswer(HttpResponseMessage answer, MemoryStream body)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return false;
        }

        try
        {
            body.Position = 0;
            using var reader = XmlReader.Create(body, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            reader.MoveToContent();
            return reader.LocalName.EndsWith("Response", StringComparison.Ordinal);
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static AdapterException Foreign(HttpRequestMessage request, HttpResponseMessage answer)
    {
        var host = request.RequestUri?.GetLeftPart(UriPartial.Authority);
        var what = answer.Headers.Location is { } elsewhere
            ? $"a redirect to {(elsewhere.IsAbsoluteUri ? elsewhere.Host : "itself")}, which is not followed"
            : $"something that is no answer of this service ({answer.Content.Headers.ContentType?.MediaType})";
        return new AdapterException(FailureKind.Unavailable, $"{host} answered HTTP {(int)answer.StatusCode}: {what}.");
    }
}
