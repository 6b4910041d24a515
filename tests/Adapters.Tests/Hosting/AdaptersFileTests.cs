using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using static CloudManager.Adapters.Tests.Hosting.AdaptersJson;

namespace CloudManager.Adapters.Tests.Hosting;

public sealed class AdaptersFileTests
{
    public static TheoryData<string, string, string, string?, string> Wrong() =>
        new()
        {
            { "no object", "[]", "(file)", "[]", "an object with the member pools" },
            { "no pools", "{}", "pools", null, "missing" },
            { "pools are no list", """{"pools": 3}""", "pools", "3", "a list of pools" },
            { "null in a list", """{"pools": [null]}""", "pools[0]", "null", "a pool" },
            { "unknown member at the top", """{"pools": [], "pool": 1}""", "pool", "1", "no such member; known are" },
            { "unknown member", File(With("\"colour\": \"red\"")), "pools[0].colour", "\"red\"", "no such member" },
            { "missing member", File(But("\"region\": \"430000\", ", "")), "pools[0].region", null, "missing" },
            { "wrong type", File(But("\"430000\"", "430000")), "pools[0].region", "430000", "six digits" },
            { "wrong id", File(But("p-1", "P 1")), "pools[0].id", "\"P 1\"", "lower-case letters" },
            { "null", File(But("\"池\"", "null")), "pools[0].name", "null", "1 to 100 characters" },
            { "control character", File(But("池", "a\\u0007")), "pools[0].name", "\"a\\u0007\"", "1 to 100" },
            { "wrong kind", File(But("\"new\"", "\"old\"")), "pools[0].kind", "\"old\"", "one of new, legacy" },
            { "unknown adapter", File(But("Mock", "Acme")), "pools[0].adapter", "\"Acme\"", "a known adapter: Mock" },
            { "doubled id", File(Good, Good), "pools[1].id", "\"p-1\"", "an id that no other pool has" },
            { "doubled member", File(With("\"id\": \"p-2\"")), "pools[0].id", null, "only once" },
            {
                "doubled member inside",
                File(With("""  "settings": {"seed": 1, "faults": {"*": []}, "seed": 1}""")),
                "pools[0].settings.seed",
                null,
                "only once"
            },
            { "limits: no number", Limit("\"retries\": \"3\""), "pools[0].limits.retries", "\"3\"", "from 0 to 10" },
            { "limits: half", Limit("\"concurrency\": 1.5"), "pools[0].limits.concurrency", "1.5", "whole number" },
            { "limits: none", Limit("\"concurrency\": 0"), "pools[0].limits.concurrency", "0", "from 1 to 256" },
            { "limits: many", Limit("\"concurrency\": 257"), "pools[0].limits.concurrency", "257", "from 1 to 256" },
            { "limits: slow", Limit("\"requestsPerSecond\": 0"), "pools[0].limits.requestsPerSecond", "0", "0.1" },
            {
                "limits: long",
                Limit("\"callTimeoutSeconds\": 601"),
                "pools[0].limits.callTimeoutSeconds",
                "601",
                "600"
            },
            { "limits: unknown", Limit("\"speed\": 1"), "pools[0].limits.speed", "1", "no such member" },
            { "settings no object", File(With("\"settings\": []")), "pools[0].settings", "[]", "an object" },
            { "settings unknown", Setting("\"sed\": 1"), "pools[0].settings.sed", "1", "no such member" },
            { "settings wrong", Setting("\"seed\": \"1\""), "pools[0].settings.seed", "\"1\"", "a whole number" },
            { "flavour row", Mapping("\"flavours\": [7]"), "pools[0].mapping.flavours[0]", "7", "a row" },
            {
                "flavour without cores",
                Mapping("""  "flavours": [{"memoryGiB": 1, "flavour": "a"}]"""),
                "pools[0].mapping.flavours[0].vcpus",
                null,
                "ordered cores"
            },
            {
                "flavour row twice",
                Mapping(
                    """
                      "flavours": [{"vcpus": 1, "memoryGiB": 1, "flavour": "a"},
                      {"items": ["ecs"], "vcpus": 1, "memoryGiB": 1, "flavour": "b"},
                      {"items": ["gpu", "ecs"], "vcpus": 1, "memoryGiB": 1, "flavour": "c"}]
                    """
                ),
                "pools[0].mapping.flavours[2]",
                "1 vCPU, 1 GiB for ecs",
                "no other row has"
            },
            { "image", Mapping("""  "images": {"a": 1}"""), "pools[0].mapping.images.a", "1", "the cloud's image" },
            {
                "volume type",
                Mapping("""  "volumeTypes": {"a": ""}"""),
                "pools[0].mapping.volumeTypes.a",
                "\"\"",
                "type"
            },
        };

    [Theory, MemberData(nameof(Wrong))]
    public async Task Lists_the_fault_by_path_value_and_expectation(
        string because,
        string text,
        string path,
        string? value,
        string expected
    )
    {
        var fault = Assert.Single((await FaultsAsync(text)).Faults);
        Assert.Equal((because, path, value), (because, fault.Path, fault.Value));
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a comment", "{\n  // pools\n  \"pools\": []}", "line 2, column 3")]
    [InlineData("a trailing comma", """{"pools": [],}""", "line 1, column 14")]
    [InlineData("cut off", """{"pools": [""", "line 1, column 12")]
    [InlineData("empty", "", "line 1, column 1")]
    [InlineData("two documents", "{} {}", "line 1, column 4")]
    public async Task What_is_no_JSON_is_named_by_its_place(string because, string text, string place)
    {
        var fault = Assert.Single((await FaultsAsync(text)).Faults);
        Assert.Equal((because, place), (because, fault.Path));
    }

    [Fact]
    public async Task All_faults_are_listed_in_one_go()
    {
        var second = But("Mock", "Acme").Replace("\"new\"", "\"old\"", StringComparison.Ordinal);
        var third = With(
            """
             "settings": {"password": "hunter2", "seed": true}, "limits": {"retries": 99}, "mapping": {"images": []}
            """
        );
        var failure = await FaultsAsync(File(Good, second, third));
        Assert.Equal(
            [
                "pools[1].adapter",
                "pools[1].id",
                "pools[1].kind",
                "pools[2].id",
                "pools[2].limits.retries",
                "pools[2].mapping.images",
                "pools[2].settings.password",
                "pools[2].settings.password",
                "pools[2].settings.seed",
            ],
            failure.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal)
        );
        Assert.Equal(10, failure.Message.Split('\n').Length);
        Assert.All(failure.Faults, fault => Assert.Contains(fault.Path, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_file_is_a_fault()
    {
        var failure = await Assert.ThrowsAsync<AdaptersFileException>(() =>
            AdaptersFile.LoadAsync("nowhere/adapters.json", [], CancellationToken.None)
        );
        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_is_read_as_declared_and_defaults_fill_the_rest()
    {
        var text = File(
            Good,
            But("p-1", "p-2")[..^1]
                + """
                , "limits": {"concurrency": 2, "requestsPerSecond": 0.5, "callTimeoutSeconds": 1.5, "retries": 0},
                  "mapping": {"flavours": [{"items": ["gpu"], "vcpus": 2, "memoryGiB": 8, "flavour": "g"}],
                              "images": {"麒麟": "img-1"}, "volumeTypes": {"vol": "t"}, "defaultNetwork": "net-0"}}
                """
        );
        var pools = await LoadAsync($"\uFEFF{text}");
        Assert.Equal(["p-1", "p-2"], pools.Select(pool => pool.Id.Value));
        Assert.Equal(PoolLimits.Default, pools[0].Limits);
        Assert.Equal("{}", pools[0].Settings.GetRawText());
        Assert.Empty(pools[0].Mapping.Flavours);
        Assert.Equal(("池", "provider-a", "430000"), (pools[0].Name, pools[0].Provider, pools[0].Region));
        Assert.Equal((PoolKind.New, "Mock"), (pools[0].Kind, pools[0].Adapter));

        Assert.Equal(new PoolLimits(2, 0.5, TimeSpan.FromSeconds(1.5), 0), pools[1].Limits);
        var row = Assert.Single(pools[1].Mapping.Flavours);
        Assert.Equal((new ServerSize(2, 8), "g"), (row.Size, row.Flavour));
        Assert.Equal(["gpu"], row.Items);
        Assert.Equal("img-1", pools[1].Mapping.Images["麒麟"]);
        Assert.Equal("t", pools[1].Mapping.VolumeTypes["vol"]);
        Assert.Equal("net-0", pools[1].Mapping.DefaultNetwork);
    }

    [Fact]
    public async Task The_shipped_file_is_valid_and_every_row_names_what_the_pool_has()
    {
        using var folder = new TempFolder();
        var declared = await AdaptersFile.LoadAsync(
            Path.Combine(AppContext.BaseDirectory, "adapters.json"),
            [new MockAdapterFactory()],
            CancellationToken.None
        );
        var pools = declared.Pools;
        Assert.Equal(["mock-a", "mock-a2", "mock-b", "mock-c"], pools.Select(pool => pool.Id.Value));
        Assert.Equal([PoolKind.New, PoolKind.New, PoolKind.Legacy, PoolKind.New], pools.Select(pool => pool.Kind));
        await using var hosted = Pools.Host(pools, folder, new MockAdapterFactory());
        foreach (var pool in pools)
        {
            var offered = hosted.Open(pool.Id).Offerings!;
            var flavours = await offered.ListFlavoursAsync(CancellationToken.None).ToListAsync(CancellationToken.None);
            var images = await offered.ListImagesAsync(CancellationToken.None).ToListAsync(CancellationToken.None);
            Assert.Equal(
                flavours.Select(flavour => (flavour.Flavour, flavour.Size)).Order(),
                pool.Mapping.Flavours.Select(row => (row.Flavour, row.Size)).Order()
            );
            Assert.Equal(images.Select(image => image.Id).Order(), pool.Mapping.Images.Values.Order());
            Assert.Equal(["vol-hdd", "vol-ssd", "vol-ssd-domestic"], pool.Mapping.VolumeTypes.Keys.Order());
        }
    }

    private static string Limit(string member) => File(With($"\"limits\": {{{member}}}"));

    private static string Setting(string member) => File(With($"\"settings\": {{{member}}}"));

    private static string Mapping(string member) => File(With($"\"mapping\": {{{member}}}"));
}
