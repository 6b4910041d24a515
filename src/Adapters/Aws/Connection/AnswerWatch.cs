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

/// <summary>Notes the head of each answer, and takes in no more of its body than a page may have.</summary>
internal sealed class AnswerWatch(HttpMessageHandler inner, long most = AnswerWatch.Most) : DelegatingHandler(inner)
{
    public const long Most = 32L << 20;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        AnswerHead.Note(answer);
        var body = new MemoryStream();
        try
        {
            var source = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var piece = new byte[16_384];
            int read;
            while ((read = await source.ReadAsync(piece, cancellationToken)) > 0)
            {
                body.Write(piece, 0, read);
                if (body.Length > most)
                {
                    throw new AdapterException(
                        FailureKind.Unavailable,
                        $"The answer has more than {most >> 20} MiB, which no page of this service has."
                    );
                }
            }
        }
        catch
        {
            answer.Dispose();
            throw;
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
}
