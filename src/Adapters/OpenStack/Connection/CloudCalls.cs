using System.Net;
using System.Net.Http.Headers;
using CloudManager.Adapters.OpenStack.Identity;

namespace CloudManager.Adapters.OpenStack;

/// <summary>
/// Stands under every Refit client of one service: attaches token and microversion, takes the answer in whole, renews
/// the token once where the service refuses it, and turns every failure into the contract's one exception.
/// </summary>
internal sealed class CloudCalls(
    string service,
    TokenSource? tokens,
    OpenStackErrors errors,
    HttpMessageHandler transport
) : DelegatingHandler(transport)
{
    private const string TokenHeader = "X-Auth-Token";

    /// <summary>The microversion asked for, as its header wants it, e.g. <c>compute 2.60</c>; null before it is known.</summary>
    public string? Version { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        // Glance and Gnocchi word their failures in HTML otherwise.
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (Version is { } version)
        {
            request.Headers.Add("OpenStack-API-Version", version);
        }

        var token = tokens is null ? null : await tokens.GetAsync(cancellationToken);
        var answer = await PassAsync(request, token, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Unauthorized && tokens is not null)
        {
            answer.Dispose();
            token = await tokens.RenewAsync(token!, cancellationToken);
            answer = await PassAsync(request, token, cancellationToken);
        }

        if (answer.IsSuccessStatusCode && IsReadable(answer))
        {
            return answer;
        }

        using (answer)
        {
            throw await errors.TranslateAsync(service, answer, token?.Value, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> PassAsync(
        HttpRequestMessage request,
        CloudToken? token,
        CancellationToken cancellationToken
    )
    {
        if (token is not null)
        {
            request.Headers.Remove(TokenHeader);
            request.Headers.Add(TokenHeader, token.Value);
        }

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
            throw OpenStackErrors.Unreachable(service, request, fault);
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
            throw OpenStackErrors.Unreachable(service, request, fault);
        }
    }

    private async Task<HttpResponseMessage> WholeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        try
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
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
            );

    /// <summary>A proxy that answers a page of its own is not the service.</summary>
    private static bool IsReadable(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentLength is 0
        || answer.Content.Headers.ContentType?.MediaType is null or "application/json";
}
