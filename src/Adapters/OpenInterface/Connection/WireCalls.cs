using System.Net.Http.Headers;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>
/// Stands under every Refit client: attaches the key, takes the answer in whole up to a bound, and turns every failure
/// into the contract's one exception.
/// </summary>
internal sealed class WireCalls(string key, OpenErrors errors, HttpMessageHandler transport)
    : DelegatingHandler(transport)
{
    /// <summary>The most bytes of an answer: a page of 1,000 servers has less than one hundredth of it.</summary>
    public const int MostBytes = 32 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await PassAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw (int)answer.StatusCode is >= 300 and < 400
                ? errors.Redirected(answer)
                : await errors.TranslateAsync(answer, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, cancellationToken);
            await answer.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            return answer;
        }
        catch (Exception fault) when (IsFailure(fault, cancellationToken))
        {
            answer?.Dispose();
            throw OpenErrors.Unreachable(request, fault);
        }
    }

    private static bool IsFailure(Exception fault, CancellationToken cancellationToken) =>
        fault is HttpRequestException or IOException
        || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

/// <summary>How calls are written and answers read.</summary>
internal static class WireRules
{
    /// <summary>What the Refit clients follow.</summary>
    public static Refit.RefitSettings Settings { get; } =
        new(new Refit.SystemTextJsonContentSerializer(Contract.OpenWire.Json))
        {
            Buffered = true,
            DeserializationExceptionFactory = (answer, fault) =>
                ValueTask.FromResult<Exception?>(OpenErrors.NotUnderstood(answer, fault)),
            TransportExceptionFactory = Unreached,
            // Whatever else Refit might make carries the live call; its key stays out of it.
            ExceptionRedactor = exception => exception.RequestMessage.Headers.Clear(),
        };

    private static Exception Unreached(HttpRequestMessage call, Exception fault, CancellationToken cancellationToken) =>
        fault switch
        {
            AdapterException => fault,
            OperationCanceledException when cancellationToken.IsCancellationRequested => new OperationCanceledException(
                cancellationToken
            ),
            _ => OpenErrors.Unreachable(call, fault),
        };
}
