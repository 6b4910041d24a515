using System.Text.Json;
using System.Text.Json.Serialization;
using CloudManager.Adapters.Hosting.Secrets;

namespace CloudManager.Agent.Declaration;

/// <summary>Reads agent.json. Relative paths start from its folder; keys stand there as references only.</summary>
public static class AgentFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <exception cref="AgentFileException">The file has faults: all of them are listed.</exception>
    public static async Task<AgentSettings> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(path, cancellationToken);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var faults = new List<string>();
        var settings = Examine(body, folder, faults);
        return faults.Count > 0 ? throw new AgentFileException(path, faults) : settings;
    }

    private static async Task<Body> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return (await JsonSerializer.DeserializeAsync<Body>(file, Json, cancellationToken))!;
        }
        catch (JsonException fault)
        {
            // The parser's own words may quote the text, and the text may be a secret: only the place is told.
            var place = fault.Path is { Length: > 2 } at ? at[2..] : $"line {fault.LineNumber + 1}";
            var known = "name, adapters, platforms, pools, certificate, caFile, proxy, journal, concurrency";
            throw new AgentFileException(path, [$"{place}: expected: JSON with {known}, each in its shape"]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AgentFileException(path, [$"(file): expected: a file that can be read: {fault.Message}"]);
        }
    }

    private static AgentSettings Examine(Body body, string folder, List<string> faults)
    {
        if (body.Name is not { Length: > 0 and <= 60 })
        {
            faults.Add("name: expected: a name of 1 to 60 characters");
        }

        if (body.Concurrency is < 1 or > 256)
        {
            faults.Add($"concurrency: {body.Concurrency}, expected: a whole number from 1 to 256");
        }

        return new AgentSettings
        {
            Name = body.Name ?? "",
            Adapters = Path.GetFullPath(body.Adapters ?? "adapters.json", folder),
            Journal = Path.GetFullPath(body.Journal ?? "journal", folder),
            Platforms = Platforms(body, faults),
            Pools = Pools(body, folder, faults),
            Certificate = body.Certificate is { } pair
                ? (Path.GetFullPath(pair.CertFile, folder), Path.GetFullPath(pair.KeyFile, folder))
                : null,
            CaFile = body.CaFile is null ? null : Path.GetFullPath(body.CaFile, folder),
            Proxy = Proxy(body, faults),
            Concurrency = body.Concurrency,
        };
    }

    private static List<Uri> Platforms(Body body, List<string> faults)
    {
        var read = new List<Uri>();
        foreach (var (index, text) in (body.Platforms ?? []).Index())
        {
            // What goes over the wire are keys and the provider's resources: in the clear only within this machine.
            var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var address);
            if (isAddress && (address!.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)))
            {
                read.Add(new Uri(text!.TrimEnd('/') + "/"));
            }
            else
            {
                faults.Add($"platforms[{index}]: \"{text}\", expected: an https address; http only to this machine");
            }
        }

        if (body.Platforms is not { Count: > 0 })
        {
            faults.Add("platforms: expected: the address of each process of the platform");
        }

        return read;
    }

    private static Dictionary<string, string?> Pools(Body body, string folder, List<string> faults)
    {
        var read = new Dictionary<string, string?>();
        foreach (var (pool, entry) in body.Pools ?? [])
        {
            read[pool] = Key(pool, entry, folder, faults);
            if (entry.Secret is null && body.Certificate is null)
            {
                faults.Add($"pools.{pool}.secret: expected: env:NAME or file:PATH, or a certificate beside pools");
            }
        }

        if (read.Count == 0)
        {
            faults.Add("pools: expected: the pools to serve, each with the key that opens it at the platform");
        }

        return read;
    }

    private static string? Key(string pool, PoolEntry entry, string folder, List<string> faults)
    {
        if (entry.Secret is not { } text)
        {
            return null;
        }

        if (text.StartsWith("file:", StringComparison.Ordinal))
        {
            text = $"file:{Path.GetFullPath(text[5..], folder)}";
        }
        else if (!text.StartsWith("env:", StringComparison.Ordinal))
        {
            faults.Add($"pools.{pool}.secret: ***, expected: a reference to the key: env:NAME or file:PATH");
            return null;
        }

        var key = SecretText.Read(text, out var expected);
        if (key is null || key.Any(c => c is < '!' or > '~'))
        {
            faults.Add($"pools.{pool}.secret: {entry.Secret}, expected: {expected ?? "a key of printable ASCII"}");
        }

        return key;
    }

    private static Uri? Proxy(Body body, List<string> faults)
    {
        if (body.Proxy is null)
        {
            return null;
        }

        if (Uri.TryCreate(body.Proxy, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https")
        {
            return proxy;
        }

        faults.Add("proxy: expected: an http address such as http://proxy.example:3128");
        return null;
    }

    private sealed record Body
    {
        [JsonPropertyName("$schema")]
        public string? Schema { get; init; }

        public string? Name { get; init; }

        public string? Adapters { get; init; }

        public string? Journal { get; init; }

        public IReadOnlyList<string?>? Platforms { get; init; }

        public Dictionary<string, PoolEntry>? Pools { get; init; }

        public CertificatePair? Certificate { get; init; }

        public string? CaFile { get; init; }

        public string? Proxy { get; init; }

        public int? Concurrency { get; init; }
    }

    private sealed record PoolEntry
    {
        public string? Secret { get; init; }
    }

    private sealed record CertificatePair
    {
        public required string CertFile { get; init; }

        public required string KeyFile { get; init; }
    }
}
