using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CloudManager.Lab.Tests.Support;

/// <summary>Pushes measures into the lab's Gnocchi in Ceilometer's layout, as its agents do.</summary>
internal sealed class Ceilometer : IDisposable
{
    private readonly HttpClient _gnocchi;
    private readonly string _projectId;

    private Ceilometer(HttpClient gnocchi, string projectId) => (_gnocchi, _projectId) = (gnocchi, projectId);

    public static async Task<Ceilometer> OpenAsync(LabProject project)
    {
        var admin = OpenStackCli.Admin;
        var token = (await admin.ShowAsync("token", "issue"))["id"]!.GetValue<string>();
        var endpoints = await admin.ListAsync("endpoint", "list", "--service", "metric", "--interface", "public");
        var projectId = (await admin.ShowAsync("project", "show", project.Name))["id"]!.GetValue<string>();
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(endpoints[0]["URL"]!.GetValue<string>()),
            Timeout = TimeSpan.FromMinutes(2),
        };
        client.DefaultRequestHeaders.Add("X-Auth-Token", token);
        return new Ceilometer(client, projectId);
    }

    /// <summary>What the notification of a created instance makes.</summary>
    public async Task CreateAsync(string server, string flavour, CancellationToken token)
    {
        var body = new
        {
            id = server,
            user_id = "lab",
            project_id = _projectId,
            host = "lab",
            display_name = "lab",
            flavor_id = flavour.ToLowerInvariant(),
            flavor_name = flavour,
        };
        // The agent may have made the resource already.
        using var made = await SendAsync("/v1/resource/instance", body, token);
        foreach (var (name, policy) in new[] { ("cpu", "ceilometer-low-rate"), ("memory.usage", "ceilometer-low") })
        {
            var metric = new Dictionary<string, object> { [name] = new { archive_policy_name = policy } };
            using var added = await SendAsync($"/v1/resource/instance/{server}/metric", metric, token);
        }
    }

    public async Task PushAsync(
        string server,
        IEnumerable<(DateTimeOffset At, double CpuNanoseconds, double MemoryMiB)> polls,
        CancellationToken token
    )
    {
        var read = polls.ToList();
        var body = new Dictionary<string, object>
        {
            [server] = new Dictionary<string, object>
            {
                ["cpu"] = read.Select(p => Measure(p.At, p.CpuNanoseconds)),
                ["memory.usage"] = read.Select(p => Measure(p.At, p.MemoryMiB)),
            },
        };
        using var answer = await SendAsync("/v1/batch/resources/metrics/measures", body, token);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until Gnocchi has aggregated what was pushed.</summary>
    public async Task DigestedAsync()
    {
        var digested = await Patience.UntilAsync(async () =>
        {
            var text = await _gnocchi.GetStringAsync("/v1/status?details=false");
            var summary = JsonElement.Parse(text).GetProperty("storage").GetProperty("summary");
            return summary.GetProperty("measures").GetInt64() == 0;
        });
        Assert.True(digested, "Gnocchi does not get done");
        // A measure leaves the queue a moment before its aggregate is written.
        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    public void Dispose() => _gnocchi.Dispose();

    private static object Measure(DateTimeOffset at, double value) =>
        new { timestamp = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", null), value };

    /// <summary>With its length: Gnocchi refuses a body in chunks.</summary>
    private async Task<HttpResponseMessage> SendAsync(string path, object body, CancellationToken token)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await _gnocchi.PostAsync(path, content, token);
    }
}
