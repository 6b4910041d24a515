using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CloudManager.Adapters.Relay.Wire;

namespace CloudManager.Agent.Links;

/// <summary>One pool's way to one process of the platform.</summary>
internal sealed class PlatformDoor(HttpClient http, Uri platform, string pool, string? key, TimeProvider machineTime)
{
    /// <summary>What a message may take beyond the time the platform keeps it by intent.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    public Uri Platform => platform;

    public string Pool => pool;

    /// <exception cref="LinkException">The platform cannot be reached, or refuses.</exception>
    public async Task<LeaseAnswer> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        var within = TimeSpan.FromSeconds(request.WaitSeconds) + Slack;
        using var answer = await SendAsync(RelayContract.LeasePath(pool), request, within, cancellationToken);
        await RefusedAsync(answer, cancellationToken);
        try
        {
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize<LeaseAnswer>(body, RelayJson.Strict)!;
        }
        catch (JsonException fault)
        {
            throw new LinkException($"its answer is none of a platform: at {fault.Path ?? "$"}", null);
        }
    }

    /// <summary>Posts a part. True when the platform has it, false when nobody waits for it any more.</summary>
    /// <exception cref="LinkException">The platform cannot be reached, or refuses.</exception>
    public async Task<bool> AnswerAsync(AnswerPart part, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(RelayContract.AnswersPath(pool), part, Slack, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Gone)
        {
            return false;
        }

        await RefusedAsync(answer, cancellationToken);
        return true;
    }

    private async Task<HttpResponseMessage> SendAsync<T>(
        string path,
        T body,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(within, machineTime);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(platform, path));
        if (key is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue(RelayContract.Scheme, key);
        }

        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, RelayJson.Strict));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, both.Token);
        }
        catch (HttpRequestException fault)
        {
            throw new LinkException($"it cannot be reached: {Reason(fault)}", null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkException($"no answer within {within.TotalSeconds:0} s", null);
        }
    }

    /// <summary>The innermost message: the outer ones say only that something went wrong.</summary>
    private static string Reason(Exception fault)
    {
        while (fault.InnerException is { } inner)
        {
            fault = inner;
        }

        return fault.Message;
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        var words = "";
        try
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            var problem = JsonElement.Parse(text);
            words = $": {problem.GetProperty("detail").GetString()} / {problem.GetProperty("detailEn").GetString()}";
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A proxy's page, not the platform's problem: the status says what there is to say.
            words = $" ({answer.ReasonPhrase})";
        }

        throw new LinkException($"it refuses with {(int)answer.StatusCode}{words}", answer.StatusCode);
    }
}

/// <summary>The platform could not be reached, or refused. The message is for people and holds no key.</summary>
#pragma warning disable CA1032 // Without its words it would say nothing.
internal sealed class LinkException(string message, HttpStatusCode? status) : Exception(message)
#pragma warning restore CA1032
{
    /// <summary>The status it refused with; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether this very message will be refused again, whenever it is sent.</summary>
    public bool IsFinal =>
        Status
            is HttpStatusCode.BadRequest
                or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnprocessableEntity;
}
