using System.Collections;
using System.Net.Http.Headers;
using System.Reflection;
using CloudManager.Cli.Tests.Support;
using CloudManager.Client;

namespace CloudManager.Cli.Tests;

public sealed class ClientTests
{
    [Fact]
    public async Task No_exception_holds_the_token()
    {
        await using var server = await TinyServer.StartAsync();
        server
            .On("GET /api/v1/me", Reply.Problem(403, "access.notForYou"))
            .On("GET /api/v1/pools", Reply.Ok("[]"))
            .On("GET /api/v1/pools/a", new Reply(500, "oops", "text/plain"));
        using var client = Client(server.Uri);
        using var nobody = Client(new Uri("http://127.0.0.1:1"));

        Exception[] thrown =
        [
            await Assert.ThrowsAsync<ApiRefusedException>(() => client.Sessions.MeAsync(default)),
            await Assert.ThrowsAsync<ApiRefusedException>(() => client.Pools.ListAsync(default)),
            await Assert.ThrowsAsync<ApiRefusedException>(() => client.Pools.FindAsync("a", default)),
            await Assert.ThrowsAsync<ApiUnreachableException>(() => nobody.Sessions.MeAsync(default)),
        ];

        Assert.All(thrown, fault => Assert.False(Holds(fault, TinyServer.Token, 6), fault.ToString()));
    }

    [Fact]
    public void The_search_finds_a_token_where_there_is_one()
    {
        using var call = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1/");
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TinyServer.Token);

        Assert.True(Holds(new Carrier(call), TinyServer.Token, 6));
    }

    [Fact]
    public async Task A_call_takes_no_longer_than_it_may()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using var client = new CloudManagerClient(
            new ClientOptions
            {
                Server = new Uri($"http://{silent.LocalEndpoint}"),
                Patience = TimeSpan.FromMilliseconds(200),
            }
        );

        await Assert.ThrowsAsync<ApiUnreachableException>(() => client.Sessions.MeAsync(default));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_no_answer()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var half = Task.Run(async () =>
        {
            using var connection = await listener.AcceptSocketAsync();
            await connection.ReceiveAsync(new byte[4096]);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"items\""u8.ToArray());
        });
        using var client = Client(new Uri($"http://{listener.LocalEndpoint}"));

        await Assert.ThrowsAsync<ApiUnreachableException>(() => client.Pools.ListAsync(default));
        await half;
    }

    [Fact]
    public async Task A_body_is_sent_with_its_length()
    {
        await using var server = await TinyServer.StartAsync();
        using var client = Client(server.Uri);

        await client.Sessions.OpenAsync(new("tenant-a", "p"), default);

        Assert.True(Assert.Single(server.Calls).Headers.ContainsKey("Content-Length"));
    }

    [Fact]
    public void What_is_secret_is_not_written_by_accident()
    {
        Assert.DoesNotContain(
            "hush",
            new Client.Sessions.SignIn("tenant-a", "hush").ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "hush",
            new Client.Sessions.NewPassword("hush", "hush").ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "hush",
            new Client.Sessions.Session("hush", default).ToString(),
            StringComparison.Ordinal
        );
    }

    private static CloudManagerClient Client(Uri server) =>
        new(new ClientOptions { Server = server, Token = TinyServer.Token });

    /// <summary>Looks for a text in everything that hangs on an object, as a logger would that walks properties.</summary>
    private static bool Holds(object? thing, string text, int depth)
    {
        if (thing is null || depth == 0)
        {
            return false;
        }

        if (thing.ToString()?.Contains(text, StringComparison.Ordinal) is true)
        {
            return true;
        }

        if (thing is string || thing.GetType().IsPrimitive || thing is MemberInfo or Delegate)
        {
            return false;
        }

        return thing is IEnumerable items && items.Cast<object?>().Take(50).Any(item => Holds(item, text, depth - 1))
            || thing
                .GetType()
                .GetProperties()
                .Where(p => p.GetIndexParameters().Length == 0 && p.CanRead)
                .Any(p => Holds(Value(p, thing), text, depth - 1));
    }

    private static object? Value(PropertyInfo property, object thing)
    {
        try
        {
            return property.GetValue(thing);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private sealed class Carrier(HttpRequestMessage call) : Exception
    {
        public HttpRequestMessage Call => call;
    }
}
