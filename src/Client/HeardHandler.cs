namespace CloudManager.Client;

/// <summary>
/// Reads every answer whole, so that one that breaks off is a failed call, and hands on what it said. A file that may be
/// larger than memory is passed on as it comes.
/// </summary>
internal sealed class HeardHandler(Action<string>? heard) : DelegatingHandler
{
    private static readonly string[] Files = ["text/csv", "application/vnd.apache.parquet"];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode && Files.Contains(answer.Content.Headers.ContentType?.MediaType))
        {
            return answer;
        }

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        if (heard is not null && answer.IsSuccessStatusCode && answer.Content.Headers.ContentLength is not 0)
        {
            heard(await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        return answer;
    }
}
