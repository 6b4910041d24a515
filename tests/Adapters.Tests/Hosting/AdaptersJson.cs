using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Mock;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Tests.Hosting;

/// <summary>Writes adapters.json as a test wants it and loads it.</summary>
internal static class AdaptersJson
{
    public const string Good = """
        {"id": "p-1", "name": "池", "provider": "provider-a", "region": "430000", "kind": "new", "adapter": "Mock"}
        """;

    /// <summary>The good pool with one more member.</summary>
    public static string With(string member) => $"{Good.TrimEnd()[..^1]}, {member}}}";

    /// <summary>The good pool with another text in place of one.</summary>
    public static string But(string old, string replacement) =>
        Good.Replace(old, replacement, StringComparison.Ordinal);

    public static string File(params string[] pools) => $$"""{"pools": [{{string.Join(", ", pools)}}]}""";

    public static async Task<IReadOnlyList<Pool>> LoadAsync(string text)
    {
        using var folder = new TempFolder();
        var declared = await AdaptersFile.LoadAsync(
            folder.Write("adapters.json", text),
            [new MockAdapterFactory()],
            CancellationToken.None
        );
        return declared.Pools;
    }

    public static async Task<AdaptersFileException> FaultsAsync(string text) =>
        await Assert.ThrowsAsync<AdaptersFileException>(() => LoadAsync(text));
}
