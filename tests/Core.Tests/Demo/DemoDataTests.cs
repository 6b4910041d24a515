using System.Globalization;
using System.Text.Json;

namespace CloudManager.Core.Tests.Demo;

public sealed class DemoDataTests
{
    private static readonly Dictionary<string, string> Units = new()
    {
        ["vcpu"] = "元/核/月",
        ["memory"] = "元/GB/月",
        ["storage"] = "元/GB/月",
        ["bandwidth"] = "元/Mbps/月",
        ["instance"] = "元/台/月",
        ["year"] = "元/年",
        ["once"] = "元/次",
    };

    private static readonly string[] Kinds = ["server", "volume", "publicAddress", "network", "manual"];

    private static readonly JsonElement Catalogue = Read("catalogue.json");
    private static readonly JsonElement Contracts = Read("contracts.json");
    private static readonly JsonElement Province = Read("province.json");

    private static IEnumerable<JsonElement> Items => Catalogue.GetProperty("items").EnumerateArray();

    [Fact]
    public void The_catalogue_says_that_its_prices_are_samples()
    {
        Assert.Equal("2026", Text(Catalogue, "edition"));
        Assert.Equal("2026-01-01", Text(Catalogue, "effective"));
        Assert.Contains("示例价格，非真实采购价格", Text(Catalogue, "note"));
        Assert.Contains("示例价格，非真实采购价格", Text(Contracts, "note"));
    }

    [Fact]
    public void The_catalogue_has_forty_items_of_the_usual_categories_under_their_own_codes()
    {
        var codes = Items.Select(item => Text(item, "code")).ToList();

        Assert.True(codes.Count >= 40, $"{codes.Count} items");
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[a-z][a-z0-9-]{1,39}$", code));
        Assert.Equal(
            ["compute", "database", "network", "security", "service", "storage"],
            Items.Select(item => Text(item, "category")).Distinct().Order()
        );
        string[] expected =
        [
            "ecs-general",
            "ecs-kunpeng",
            "ecs-hygon",
            "ecs-phytium",
            "vol-ssd",
            "vol-hdd",
            "vol-ssd-domestic",
            "eip",
            "vpc",
            "backup",
            "migration",
            "sec-bastion",
            "sec-database-audit",
            "sec-log-audit",
            "sec-waf",
            "sec-host",
            "sec-scan",
            "sec-web-tamper",
            "sec-firewall",
            "sec-crypto",
        ];
        Assert.Empty(expected.Except(codes));
    }

    [Fact]
    public void Every_item_is_of_a_known_kind_and_priced_in_known_units()
    {
        foreach (var item in Items)
        {
            var code = Text(item, "code");
            var components = item.GetProperty("components").EnumerateArray().ToList();
            Assert.True(Kinds.Contains(Text(item, "kind")), code);
            Assert.NotEmpty(components);
            Assert.Equal(components.Count, components.Select(each => Text(each, "name")).Distinct().Count());
            Assert.All(components, each => Assert.Equal(Units[Text(each, "name")], Text(each, "unit")));
            Assert.All(components, each => Assert.Matches(@"^[0-9]+\.[0-9]{4}$", Text(each, "ceilingPrice")));
            Assert.All(components, each => Assert.Equal(code != "vpc", Price(each, "ceilingPrice") > 0));
        }
    }

    [Fact]
    public void A_server_comes_in_a_fixed_size_or_is_priced_by_size_within_limits()
    {
        var servers = Items.Where(item => Text(item, "kind") == "server").ToList();

        Assert.NotEmpty(servers);
        foreach (var server in servers)
        {
            var names = server.GetProperty("components").EnumerateArray().Select(each => Text(each, "name"));
            var isFixed = server.TryGetProperty("fixedSpec", out _);
            Assert.NotEqual(isFixed, server.TryGetProperty("limits", out _));
            Assert.Equal(isFixed ? ["instance"] : ["vcpu", "memory", "storage"], names);
        }

        Assert.Equal(
            ["hygon", "kunpeng", "phytium", "x86"],
            servers.Select(each => Text(each, "architecture")).Distinct().Order()
        );
    }

    [Fact]
    public void Art11_no_contract_price_exceeds_its_ceiling()
    {
        var ceilings = Items
            .SelectMany(item =>
                item.GetProperty("components")
                    .EnumerateArray()
                    .Select(each => (Key: (Text(item, "code"), Text(each, "name")), Price: Price(each, "ceilingPrice")))
            )
            .ToDictionary(each => each.Key, each => each.Price);
        var looked = 0;

        foreach (var price in Contracts.GetProperty("contracts").EnumerateArray().SelectMany(Prices))
        {
            var ceiling = ceilings[Key(price)];
            var share = ceiling == 0 ? 0 : Price(price, "price") / ceiling;
            Assert.True(ceiling == 0 ? Price(price, "price") == 0 : share is >= 0.85m and <= 0.97m, price.GetRawText());
            looked++;
        }

        Assert.True(looked > ceilings.Count, $"{looked} prices");
    }

    [Fact]
    public void Each_provider_has_a_contract_over_three_service_periods_and_its_own_prices()
    {
        var contracts = Contracts
            .GetProperty("contracts")
            .EnumerateArray()
            .ToDictionary(contract => Text(contract, "provider"));
        var a = Prices(contracts["provider-a"]).ToDictionary(Key, price => Price(price, "price"));
        var b = Prices(contracts["provider-b"]).ToDictionary(Key, price => Price(price, "price"));

        Assert.Equal(2, contracts.Count);
        Assert.All(contracts.Values, each => Assert.Equal("2025-09-01", Text(each, "from")));
        // Half-open: the last day is 2028-08-31.
        Assert.All(contracts.Values, each => Assert.Equal("2028-09-01", Text(each, "until")));
        Assert.Equal(
            Items.Select(item => Text(item, "code")).Order(),
            a.Keys.Select(key => key.Item1).Distinct().Order()
        );
        Assert.NotEmpty(a.Keys.Except(b.Keys));
        Assert.Empty(b.Keys.Except(a.Keys));
        Assert.True(b.Count(price => price.Value != a[price.Key]) > b.Count / 2, "the same prices");
    }

    [Fact]
    public void Art14_the_province_has_its_fourteen_cities_and_prefecture()
    {
        var regions = Province.GetProperty("regions").EnumerateArray().ToList();

        Assert.Equal(
            [
                "430000 湖南省",
                "430100 长沙市",
                "430200 株洲市",
                "430300 湘潭市",
                "430400 衡阳市",
                "430500 邵阳市",
                "430600 岳阳市",
                "430700 常德市",
                "430800 张家界市",
                "430900 益阳市",
                "431000 郴州市",
                "431100 永州市",
                "431200 怀化市",
                "431300 娄底市",
                "433100 湘西土家族苗族自治州",
            ],
            regions.Select(region => $"{Text(region, "code")} {Text(region, "name")}")
        );
        Assert.Equal(14, regions.Count(region => region.GetProperty("parent").GetString() == "430000"));
    }

    [Fact]
    public void Art5_every_kind_of_party_has_an_account_and_staff_belong_to_none()
    {
        var kinds = Province
            .GetProperty("organisations")
            .EnumerateArray()
            .ToDictionary(each => Text(each, "code"), each => Text(each, "kind"));
        var accounts = Province.GetProperty("accounts").EnumerateArray().ToList();
        var staff = accounts.Where(each => each.GetProperty("organisation").GetString() is null).ToList();

        Assert.Equal(7, kinds.Values.Distinct().Count());
        Assert.Equal(kinds.Keys.Order(), accounts.Except(staff).Select(each => Text(each, "organisation")).Order());
        Assert.All(accounts.Except(staff), each => Assert.Equal(Text(each, "organisation"), Text(each, "name")));
        Assert.Equal(["sysadmin", "secadmin", "auditadmin"], staff.Select(each => Text(each, "name")));
        Assert.All(
            staff,
            each =>
                Assert.Equal(
                    [Text(each, "name")],
                    each.GetProperty("roles").EnumerateArray().Select(r => r.GetString())
                )
        );
    }

    [Fact]
    public void Each_tenant_has_two_systems_within_the_protection_level_of_this_cloud()
    {
        var systems = Province.GetProperty("systems").EnumerateArray().ToList();

        Assert.Equal(4, systems.Select(each => Text(each, "code")).Distinct().Count());
        Assert.Equal(2, systems.Count(each => Text(each, "tenant") == "tenant-a"));
        Assert.Equal(2, systems.Count(each => Text(each, "tenant") == "tenant-b"));
        Assert.All(systems, each => Assert.InRange(each.GetProperty("protectionLevel").GetInt32(), 2, 3));
    }

    private static IEnumerable<JsonElement> Prices(JsonElement contract) =>
        contract.GetProperty("prices").EnumerateArray();

    private static (string, string) Key(JsonElement price) => (Text(price, "item"), Text(price, "component"));

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static decimal Price(JsonElement element, string member) =>
        decimal.Parse(Text(element, member), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static JsonElement Read(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CloudManager.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return JsonElement.Parse(
            File.ReadAllText(Path.Combine(root.FullName, "src", "Api", "Demo", name)),
            new JsonDocumentOptions { AllowDuplicateProperties = false }
        );
    }
}
