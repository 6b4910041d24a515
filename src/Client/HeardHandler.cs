namespace CloudManager.Client;

/// <summary>Reads every answer whole, so that one that breaks off is a failed call, and hands on what it said.</summary>
internal sealed class HeardHandler(Action<string>? heard) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        if (heard is not null && answer.IsSuccessStatusCode && answer.Content.Headers.ContentLength is not 0)
        {
            heard(await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        return answer;
    }
}
