using System.Net.Http.Headers;
using CloudManager.Adapters.Huawei.Signing;

namespace CloudManager.Adapters.Huawei;

/// <summary>
/// Stands under every Refit client of one service: signs the call, takes the answer in whole and bounded, and turns every
/// failure into the contract's one exception. A refused signature is never sent again: several in a row lock the key.
/// </summary>
internal sealed class HuaweiCalls(
    string service,
    CallSigning signing,
    Func<CancellationToken, Task<(string Name, string Value)?>> scope,
    HuaweiErrors errors,
    HttpMessageHandler transport
) : DelegatingHandler(transport)
{
    /// <summary>The longest answer that is taken in, in bytes.</summary>
    private const long LongestAnswer = 32L * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await PassAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode && IsReadable(answer))
        {
            return answer;
        }

        using (answer)
        {
            throw await errors.TranslateAsync(service, answer, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await WholeAsync(request, cancellationToken);
        }
        catch (HttpRequestException fault) when (request.Method == HttpMethod.Get && WasCut(fault))
        {
            // An idle connection that the server had closed looks like this; reading again does no harm.
            return await AgainAsync(request, cancellationToken);
        }
        catch (Exception fault) when (IsFailure(fault, cancellationToken))
        {
            throw HuaweiErrors.Unreachable(service, request, fault);
        }
    }

    private async Task<HttpResponseMessage> AgainAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await WholeAsync(request, cancellationToken);
        }
        catch (Exception fault) when (IsFailure(fault, cancellationToken))
        {
            throw HuaweiErrors.Unreachable(service, request, fault);
        }
    }

    private async Task<HttpResponseMessage> WholeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await signing.SignAsync(request, await scope(cancellationToken), cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        try
        {
            await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private static bool IsFailure(Exception fault, CancellationToken cancellationToken) =>
        fault is HttpRequestException or IOException
        || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static bool WasCut(HttpRequestException fault) =>
        fault.HttpRequestError
            is not (
                HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ConfigurationLimitExceeded
            );

    /// <summary>A proxy that answers a page of its own is not the service.</summary>
    private static bool IsReadable(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentLength is 0
        || answer.Content.Headers.ContentType?.MediaType is null or "application/json";
}
