using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CloudManager.Api.Composition;
using CloudManager.Api.Demo;
using CloudManager.Core.Kernel;
using CloudManager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Api.Tests.Support;

/// <summary>The whole host with the demonstration province and its pools, shared by the tests that go over HTTP.</summary>
public sealed class DemoHost : IAsyncLifetime
{
    private const string Password = "correct-horse-battery";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _tokens = new();
    private WebApplication? _app;
    private HttpClient? _client;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var options = new CommandLine
        {
            Urls = "http://127.0.0.1:0",
            Data = _folder.Path,
            Demo = true,
            Clock = Start,
        };
        var pools = await PoolServices.ReadAsync(Declaration(), CancellationToken.None);
        _app = await Serving.BuildAsync(options, BooksAddress.Of(options.Data, null), pools, CancellationToken.None);
        var seed = _app.Services.GetRequiredService<SeedProvince>();
        await seed.RegionsAsync(CancellationToken.None);
        await seed.PartiesAsync(CancellationToken.None);
        var accounts = (await DemoData.ProvinceAsync(CancellationToken.None)).Accounts;
        await _app
            .Services.GetRequiredService<DemoAccounts>()
            .AddAsync(accounts, (Password, MustChange: false), CancellationToken.None);
        await _app.StartAsync(CancellationToken.None);
        _client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>A service of the host.</summary>
    public TService Service<TService>()
        where TService : notnull => _app!.Services.GetRequiredService<TService>();

    /// <summary>Writes with a service of the host, in one transaction of its books.</summary>
    public Task KeepAsync<TService>(Func<TService, ITransaction, CancellationToken, Task> write)
        where TService : notnull =>
        _app!
            .Services.GetRequiredService<IBooks>()
            .KeepAsync(
                Origin.Platform,
                async (transaction, token) =>
                {
                    await write(_app.Services.GetRequiredService<TService>(), transaction, token);
                    return Done.Now;
                },
                CancellationToken.None
            );

    /// <summary>A session of its own, to be closed at will.</summary>
    public async Task<string> SignInAsync(string account)
    {
        var body = JsonSerializer.Serialize(new { account, password = Password });
        var answer = await SendAsync(new Call("POST", "/api/v1/sessions", body));
        Assert.Equal(201, answer.Status);
        return answer.Body.GetProperty("token").GetString()!;
    }

    /// <summary>Sends a call as an account of the demonstration, whose session is opened once.</summary>
    public async Task<Answer> AsAsync(string account, Call call)
    {
        var token = await _tokens.GetOrAdd(account, name => new Lazy<Task<string>>(() => SignInAsync(name))).Value;
        return await SendAsync(call.With("Authorization", $"Bearer {token}"));
    }

    public Task<Answer> GetAsync(string account, string path) => AsAsync(account, new Call("GET", path));

    public Task<Answer> PostAsync(string account, string path, string? body = null) =>
        AsAsync(account, new Call("POST", path, body));

    public async Task<Answer> SendAsync(Call call)
    {
        using var message = new HttpRequestMessage(new HttpMethod(call.Method), call.Path);
        if (call.Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Body));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(call.MediaType);
        }

        foreach (var (name, value) in call.Headers)
        {
            Assert.True(message.Headers.TryAddWithoutValidation(name, value), name);
        }

        using var answer = await Client.SendAsync(message, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
        var isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        var body = isJson && text.Length > 0 ? JsonElement.Parse(text) : default;
        var headers = answer.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value));
        return new Answer((int)answer.StatusCode, body, text, headers);
    }

    /// <summary>The pools that the repository declares.</summary>
    private static string Declaration()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "adapters.json")))
        {
            folder = folder.Parent ?? throw new FileNotFoundException("no adapters.json above the tests");
        }

        return Path.Combine(folder.FullName, "adapters.json");
    }
}

/// <summary>One call as it goes over the wire.</summary>
public sealed record Call(string Method, string Path, string? Body = null)
{
    public string MediaType { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public Call With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };
}

/// <summary>What came back.</summary>
public sealed record Answer(int Status, JsonElement Body, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string Id => Body.GetProperty("id").GetString()!;

    public string? ETag => Headers.GetValueOrDefault("ETag");

    public IReadOnlyList<JsonElement> Items => [.. Body.GetProperty("items").EnumerateArray()];

    public IEnumerable<string> Ids => Items.Select(i => i.GetProperty("id").GetString()!);

    /// <summary>The fields at fault, each with its own code if it has one.</summary>
    public IEnumerable<(string Path, string? Code)> Faults =>
        Body.GetProperty("errors")
            .EnumerateArray()
            .Select(e =>
                (e.GetProperty("path").GetString()!, e.TryGetProperty("code", out var code) ? code.GetString() : null)
            );
}

/// <summary>One host for all that goes over HTTP; one test at a time, so that what is counted stands still.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoHost>
{
    public const string Name = "demo";
}
