using CloudManager.Client;
using CloudManager.Client.Sessions;

namespace CloudManager.Cli.Story;

/// <summary>Who plays in the story, each signed in with a session of its own.</summary>
internal sealed class Cast : IAsyncDisposable
{
    private readonly List<CloudManagerClient> _signedIn = [];

    private Cast() { }

    /// <summary>云使用单位: applies, tests, confirms.</summary>
    public required Player Tenant { get; init; }

    /// <summary>云主管部门: accepts and approves.</summary>
    public required Player Authority { get; init; }

    /// <summary>云技术保障部门: orders, advises, turns the clock.</summary>
    public required Player Technical { get; init; }

    /// <summary>云服务商: runs the pool.</summary>
    public required Player Provider { get; init; }

    public static async Task<Cast> SignInAsync(Uri server, string password, CancellationToken cancellationToken)
    {
        var signedIn = new List<CloudManagerClient>();
        async Task<Player> PlayerAsync(string account)
        {
            var token = await TokenAsync(server, new SignIn(account, password), cancellationToken);
            var client = new CloudManagerClient(new ClientOptions { Server = server, Token = token });
            signedIn.Add(client);
            return new Player(account, client);
        }

        var cast = new Cast
        {
            Tenant = await PlayerAsync("tenant-a"),
            Authority = await PlayerAsync("authority"),
            Technical = await PlayerAsync("technical"),
            Provider = await PlayerAsync("provider-a"),
        };
        cast._signedIn.AddRange(signedIn);
        return cast;
    }

    /// <summary>Signs all out; a server that is gone by then has no sessions to close.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _signedIn)
        {
            using (client)
            {
                await CloseAsync(client);
            }
        }
    }

    private static async Task CloseAsync(CloudManagerClient client)
    {
        try
        {
            await client.Sessions.CloseAsync(CancellationToken.None);
        }
        catch (Exception gone) when (gone is ApiUnreachableException or ApiRefusedException)
        {
            // The story's own ending is what counts; the session expires by itself.
        }
    }

    private static async Task<string> TokenAsync(Uri server, SignIn signIn, CancellationToken cancellationToken)
    {
        using var client = new CloudManagerClient(new ClientOptions { Server = server });
        return (await client.Sessions.OpenAsync(signIn, cancellationToken)).Token;
    }
}

/// <summary>One of the cast.</summary>
internal sealed record Player(string Account, CloudManagerClient Api);
