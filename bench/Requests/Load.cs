using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace CloudManager.Bench.Requests;

/// <summary>A closed loop: so many callers, each with one call under way, for so long.</summary>
internal sealed class Load(HttpClient client)
{
    private const int Callers = 16;

    /// <summary>Calls a second that were answered with success.</summary>
    public async Task<double> MeasureAsync(HttpMethod method, string url, string? token, string? body, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, Callers).Select(_ => CallAsync(method, url, token, body, clock, time))
        );
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task<int> CallAsync(
        HttpMethod method,
        string url,
        string? token,
        string? body,
        Stopwatch clock,
        TimeSpan time
    )
    {
        var done = 0;
        while (clock.Elapsed < time)
        {
            using var message = new HttpRequestMessage(method, url);
            message.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            message.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await client.SendAsync(message);
            await answer.Content.ReadAsByteArrayAsync();
            answer.EnsureSuccessStatusCode();
            done++;
        }

        return done;
    }
}
