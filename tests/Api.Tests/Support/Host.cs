using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CloudManager.Api.Composition;
using CloudManager.Api.Demo;
using CloudManager.Core.Organisations;
using CloudManager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Api.Tests.Support;

/// <summary>The whole host on a folder and a free port of its own, with the regions and the three administrators.</summary>
public sealed class Host : IAsyncLifetime
{
    public const string Password = "correct-horse-battery";
    private readonly TempFolder _folder = new();
    private WebApplication? _app;
    private HttpClient? _client;

    public WebApplication App => _app!;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var options = new CommandLine { Urls = "http://127.0.0.1:0", Data = _folder.Path };
        _app = await Serving.BuildAsync(options, BooksAddress.Of(options.Data, null), ([], []), CancellationToken.None);
        await _app.Services.GetRequiredService<SeedProvince>().RegionsAsync(CancellationToken.None);
        await _app
            .Services.GetRequiredService<DemoAccounts>()
            .AddAsync(
                [
                    new DemoAccount("sysadmin", null, [Role.Sysadmin]),
                    new DemoAccount("secadmin", null, [Role.Secadmin]),
                    new DemoAccount("auditadmin", null, [Role.Auditadmin]),
                ],
                (Password, MustChange: false),
                CancellationToken.None
            );
        await _app.StartAsync(CancellationToken.None);
        _client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        _folder.Dispose();
    }

    public async Task<string> SignInAsync(string account, string password = Password)
    {
        var (status, body) = await SendAsync(null, HttpMethod.Post, "/api/v1/sessions", new { account, password });
        Assert.Equal(201, status);
        return body.GetProperty("token").GetString()!;
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(
        string? token,
        HttpMethod method,
        string path,
        object? body = null,
        string? key = null
    )
    {
        using var message = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (key is not null)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        message.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        using var answer = await Client.SendAsync(message, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}
