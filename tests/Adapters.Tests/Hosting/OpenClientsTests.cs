using CloudManager.Adapters.Hosting.Declaration;
using static CloudManager.Adapters.Tests.Hosting.AdaptersJson;

namespace CloudManager.Adapters.Tests.Hosting;

/// <summary>The upper installations of adapters.json.</summary>
public sealed class OpenClientsTests : IDisposable
{
    private const string Key = "province-0123456789abcdef";

    private readonly TempFolder _folder = new();

    public OpenClientsTests()
    {
        _folder.Write("province.key", $"{Key}\n");
        _folder.Write("short.key", "short");
    }

    [Fact]
    public async Task Art16_reads_clients_with_the_hash_of_their_key_and_not_the_key()
    {
        var path = _folder.Write("adapters.json", Declaring(Client("province", "p-1", "file:province.key")));
        await AdaptersFile.LoadAsync(path, [new Adapters.Mock.MockAdapterFactory()], CancellationToken.None);
        var client = Assert.Single(await OpenClients.LoadAsync(path, CancellationToken.None));
        Assert.Equal(("province", "p-1", OpenClients.HashOf(Key)), (client.Name, client.Pool.Value, client.KeyHash));
        Assert.DoesNotContain(Key, client.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_the_section_has_none()
    {
        var path = _folder.Write("adapters.json", File(Good));
        Assert.Empty(await OpenClients.LoadAsync(path, CancellationToken.None));
    }

    [Theory]
    [InlineData("a pool nobody declared", "province", "p-9", "file:province.key", "openInterface[0].pool")]
    [InlineData("a name with a space", "the province", "p-1", "file:province.key", "openInterface[0].client")]
    [InlineData("a key that stands there itself", "province", "p-1", Key, "openInterface[0].key")]
    [InlineData("a reference that leads nowhere", "province", "p-1", "file:none.key", "openInterface[0].key")]
    [InlineData("a key anybody guesses", "province", "p-1", "file:short.key", "openInterface[0].key")]
    public async Task Art16_refuses(string because, string client, string pool, string key, string at)
    {
        var fault = Assert.Single(await FaultsAsync(Client(client, pool, key)));
        Assert.True(fault.Path == at, $"{because}: {fault}");
        Assert.DoesNotContain(Key, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Art16_refuses_one_name_and_one_key_for_two()
    {
        var client = Client("province", "p-1", "file:province.key");
        var faults = await FaultsAsync(client, client);
        Assert.Equal(["openInterface[1].client", "openInterface[1].key"], faults.Select(fault => fault.Path));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IReadOnlyList<AdaptersFault>> FaultsAsync(params string[] clients)
    {
        var path = _folder.Write("adapters.json", Declaring(clients));
        var wrong = await Assert.ThrowsAsync<AdaptersFileException>(() =>
            AdaptersFile.LoadAsync(path, [new Adapters.Mock.MockAdapterFactory()], CancellationToken.None)
        );
        return wrong.Faults;
    }

    private static string Client(string client, string pool, string key) =>
        $$"""{"client": "{{client}}", "pool": "{{pool}}", "key": "{{key}}"}""";

    private static string Declaring(params string[] clients) =>
        $$"""{"openInterface": [{{string.Join(", ", clients)}}], "pools": [{{Good}}]}""";
}
