using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudManager.Adapters.Hosting.Secrets;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>The upper installations of adapters.json: who may use which pool through the open interface (开放接口, art. 16).</summary>
public static class OpenClients
{
    private const string Member = "openInterface";
    private const int ShortestKey = 16;

    /// <summary>Reads them from a file that <see cref="AdaptersFile"/> found no fault in.</summary>
    /// <exception cref="AdaptersFileException">A key cannot be read any more.</exception>
    public static async Task<IReadOnlyList<OpenClient>> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var file = JsonDocument.Parse(await AdaptersFile.ReadAsync(path, cancellationToken));
        return
        [
            .. Items(file.RootElement)
                .Select(
                    (client, index) =>
                    {
                        var key = Key(client, folder, out var expected);
                        return key is null
                            ? throw new AdaptersFileException(path, [new($"{Member}[{index}].key", null, expected!)])
                            : new OpenClient(Text(client, "client")!, new PoolId(Text(client, "pool")!), HashOf(key));
                    }
                ),
        ];
    }

    /// <summary>The hash under which a key is known.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Adds the faults that the schema cannot say: pools nobody declared, names and keys that stand twice, weak keys.</summary>
    internal static void Check(JsonElement file, string folder, List<AdaptersFault> faults)
    {
        var pools = Pools(file);
        var (names, keys) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (index, client) in Items(file).Index())
        {
            var path = $"{Member}[{index}]";
            new SecretScan(folder, faults).Run(client, path, isSecret: false);
            if (Text(client, "client") is { } name && !names.Add(name))
            {
                faults.Add(AdaptersFault.At($"{path}.client", $"\"{name}\"", "a name that no other client has"));
            }

            if (Text(client, "pool") is { } pool && !pools.Contains(pool))
            {
                var known = string.Join(", ", pools);
                faults.Add(AdaptersFault.At($"{path}.pool", $"\"{pool}\"", $"one of the pools of this file: {known}"));
            }

            if (Key(client, folder, out _) is { } key && (key.Length < ShortestKey || !keys.Add(HashOf(key))))
            {
                var expected = $"a key of at least {ShortestKey} characters that no other client has";
                faults.Add(AdaptersFault.At($"{path}.key", "***", expected));
            }
        }
    }

    private static string? Key(JsonElement client, string folder, out string? expected)
    {
        expected = $"a reference to the key: {SecretReference.Forms}";
        return SecretReference.In(Text(client, "key"))?.From(folder).Read(out expected);
    }

    private static HashSet<string> Pools(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object
        && file.TryGetProperty("pools", out var pools)
        && pools.ValueKind == JsonValueKind.Array
            ? [.. pools.EnumerateArray().Select(pool => Text(pool, "id")).OfType<string>()]
            : [];

    private static IEnumerable<JsonElement> Items(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object
        && file.TryGetProperty(Member, out var clients)
        && clients.ValueKind == JsonValueKind.Array
            ? clients.EnumerateArray()
            : [];

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
