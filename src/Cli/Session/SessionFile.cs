using System.Text.Json;

namespace CloudManager.Cli.Session;

/// <summary>Who is signed in on which server; a token is only ever shown to the server that gave it.</summary>
/// <param name="Last">The server of the last sign-in.</param>
/// <param name="Sessions">The session on each server.</param>
internal sealed record SignedIn(string? Last, IReadOnlyDictionary<string, StoredSession> Sessions)
{
    public static SignedIn Nobody { get; } = new(null, new Dictionary<string, StoredSession>());
}

/// <summary>One session as it is kept.</summary>
internal sealed record StoredSession(string Account, string Token, DateTimeOffset ExpiresAt);

/// <summary>The file the sessions are kept in, readable by its owner alone.</summary>
internal sealed class SessionFile(string folder)
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerEnters = OwnerReadsAndWrites | UnixFileMode.UserExecute;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Path { get; } = System.IO.Path.Combine(folder, "session.json");

    /// <summary>CLOUDMANAGER_CONFIG, else cloudmanager in the user's configuration folder.</summary>
    public static SessionFile In(Surroundings around)
    {
        if (around.Given("CLOUDMANAGER_CONFIG") is { } named)
        {
            return new SessionFile(named);
        }

        var home = around.Given("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var config = around.Given("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(home, ".config");
        return new SessionFile(System.IO.Path.Combine(config, "cloudmanager"));
    }

    /// <summary>What the file holds; nobody is signed in without one.</summary>
    public SignedIn Read()
    {
        if (!File.Exists(Path))
        {
            return SignedIn.Nobody;
        }

        try
        {
            return JsonSerializer.Deserialize<SignedIn>(File.ReadAllText(Path), Json) ?? SignedIn.Nobody;
        }
        catch (JsonException fault)
        {
            throw new UsageException(
                new(
                    $"会话文件 {Path} 已损坏，请删除后重新登录：{fault.Message}",
                    $"the session file {Path} is broken, delete it and sign in again: {fault.Message}"
                )
            );
        }
    }

    public void Keep(string server, StoredSession session)
    {
        var known = Read();
        Write(new SignedIn(server, new Dictionary<string, StoredSession>(known.Sessions) { [server] = session }));
    }

    public void Forget(string server)
    {
        var known = Read();
        if (known.Sessions.ContainsKey(server))
        {
            Write(known with { Sessions = known.Sessions.Where(s => s.Key != server).ToDictionary() });
        }
    }

    /// <summary>Written beside and moved, so that the file is whole at every moment and never readable by others.</summary>
    private void Write(SignedIn signedIn)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerEnters);
            options.UnixCreateMode = OwnerReadsAndWrites;
        }

        var beside = $"{Path}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(stream, signedIn, Json);
        }

        File.Move(beside, Path, overwrite: true);
    }
}
