using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// The engine over HTTP. Every failure becomes a <see cref="SampleEngineException"/> without the client's exception, which
/// holds the password: unreachable for no connection, no answer in time, 429 and 5xx; refused for the rest.
/// </summary>
internal sealed class EngineDoor : IDisposable
{
    private const int LongestWord = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(5);
    private readonly HttpClient _client;
    private readonly MetricsAddress _address;
    private readonly MachineClock _clock;

    public EngineDoor(MetricsAddress address, MachineClock clock)
    {
        (_address, _clock) = (address, clock);
        var handler = new SocketsHttpHandler
        {
            // A redirect would take the password to another server.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        _client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        if (address.Credentials is { } credentials)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        }

        if (address.Tenant is { } tenant)
        {
            _client.DefaultRequestHeaders.Add("X-Scope-OrgID", tenant);
        }
    }

    /// <summary>Writes a body of samples, compressed with snappy.</summary>
    /// <exception cref="SampleEngineException">It was not taken.</exception>
    public Task WriteAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(
            () =>
            {
                var content = new ReadOnlyMemoryContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                content.Headers.ContentEncoding.Add("snappy");
                var request = new HttpRequestMessage(HttpMethod.Post, _address.Write) { Content = content };
                request.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
                return request;
            },
            (_, _) => Task.CompletedTask,
            Patience,
            cancellationToken
        );

    /// <summary>Asks for the samples of a selector, each told as it is read.</summary>
    /// <exception cref="SampleEngineException">There is no whole answer.</exception>
    public Task QueryAsync(string selector, long at, SampleHeard heard, CancellationToken cancellationToken) =>
        SendAsync(
            () => Question(selector, at),
            (answer, token) => MatrixReader.ReadAsync(answer, heard, token),
            Patience,
            cancellationToken
        );

    /// <exception cref="SampleEngineException">It does not answer.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        SendAsync(() => Question("vector(1)", 0), (_, _) => Task.CompletedTask, CheckPatience, cancellationToken);

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// What VictoriaMetrics is told besides: not to leave out the last half minute, and not to answer for a part of a
    /// cluster only; the latter in Thanos' word too. Others take no notice.
    /// </summary>
    private HttpRequestMessage Question(string query, long at) =>
        new(HttpMethod.Post, _address.Query)
        {
            Content = new FormUrlEncodedContent([
                new("query", query),
                new("time", at.ToString(CultureInfo.InvariantCulture)),
                new("nocache", "1"),
                new("deny_partial_response", "1"),
                new("partial_response", "false"),
            ]),
        };

    private async Task SendAsync(
        Func<HttpRequestMessage> make,
        Func<Stream, CancellationToken, Task> read,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(patience, _clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = make();
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await answer.Content.ReadAsStreamAsync(either.Token);
            if (!answer.IsSuccessStatusCode)
            {
                throw Refused(answer.StatusCode, await WordsAsync(stream, either.Token));
            }

            await read(stream, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Silent($"{patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException failure)
        {
            throw Silent(failure.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            throw Silent("the answer broke off");
        }
        catch (FormatException fault)
        {
            throw Silent(fault.Message);
        }
    }

    private SampleEngineException Silent(string why) =>
        new(
            ($"指标引擎 {_address} 无应答（{why}）", $"the metrics engine {_address} does not answer ({why})"),
            isUnreachable: true
        );

    private SampleEngineException Refused(HttpStatusCode status, string said)
    {
        var isBusy = status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;
        var (zh, en) = (status, isBusy) switch
        {
            (_, true) => ("暂不可用", "is not available now"),
            (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) => (
                "不接受凭据",
                "does not accept the credentials"
            ),
            (HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, _) => (
                "没有该接口（Prometheus 须启用 --web.enable-remote-write-receiver）",
                "has nothing at this path (Prometheus needs --web.enable-remote-write-receiver)"
            ),
            (HttpStatusCode.BadRequest, _) => (
                "拒收（如为乱序或过旧样本，请在 Prometheus 设置 out_of_order_time_window）",
                "refuses (samples out of order or too old need out_of_order_time_window in Prometheus)"
            ),
            _ => ("拒绝请求", "refuses"),
        };
        var word = said.Length == 0 ? "" : $": {said}";
        return new SampleEngineException(
            (
                $"指标引擎 {_address} {zh}：HTTP {(int)status}{word}",
                $"the metrics engine {_address} {en}: HTTP {(int)status}{word}"
            ),
            isBusy
        );
    }

    /// <summary>The beginning of what the engine says, on one line.</summary>
    private static async Task<string> WordsAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestWord];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, false, cancellationToken);
        var text = Encoding.UTF8.GetString(buffer, 0, length).Trim();
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
