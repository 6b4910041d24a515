using System.Text.Json;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>The published document says what the adapter writes and reads, member for member.</summary>
public sealed class ContractTests
{
    private static readonly JsonElement Document = JsonElement.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "open-interface", "openapi.json"))
    );

    private static JsonElement Schemas => Document.GetProperty("components").GetProperty("schemas");

    public static TheoryData<string, Type> Records() =>
        new()
        {
            { "Server", typeof(CloudServer) },
            { "ServerSpec", typeof(ServerSpec) },
            { "Size", typeof(ServerSize) },
            { "Volume", typeof(CloudVolume) },
            { "VolumeSpec", typeof(VolumeSpec) },
            { "Snapshot", typeof(CloudSnapshot) },
            { "SnapshotSpec", typeof(SnapshotSpec) },
            { "Network", typeof(CloudNetwork) },
            { "NetworkSpec", typeof(NetworkSpec) },
            { "Address", typeof(CloudAddress) },
            { "AddressSpec", typeof(AddressSpec) },
            { "Image", typeof(CloudImage) },
            { "Flavour", typeof(CloudFlavour) },
            { "VolumeType", typeof(CloudVolumeType) },
            { "ServerChange", typeof(ServerChange) },
            { "Capacity", typeof(PoolCapacity) },
            { "UsageQuestion", typeof(UsageQuestion) },
            { "UsageSeries", typeof(UsageSeries) },
            { "Console", typeof(ConsoleAddress) },
            { "Description", typeof(ProviderDescription) },
            { "Service", typeof(ServiceOffer) },
            { "Limits", typeof(ProviderLimits) },
        };

    [Theory, MemberData(nameof(Records))]
    public void Art16_a_schema_has_the_members_of_its_record(string schema, Type record)
    {
        var written = Schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(it => it.Name);
        var known = OpenWire.Json.GetTypeInfo(record).Properties.Select(it => it.Name);
        Assert.Equal(known.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Records))]
    public void Art16_what_the_document_demands_is_what_the_adapter_needs(string schema, Type record)
    {
        var demanded = Schemas.GetProperty(schema).TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(it => it.GetString()!).ToHashSet()
            : [];
        var needed = OpenWire.Json.GetTypeInfo(record).Properties.Where(it => it.IsRequired).Select(it => it.Name);
        // A size is a struct: its members are looked at after reading.
        Assert.Equal(record == typeof(ServerSize) ? [] : demanded, needed.ToHashSet());
    }

    [Fact]
    public void Art16_states_and_codes_are_the_contracts()
    {
        Assert.Equal(Names<CloudState>(), Words(Schemas.GetProperty("State")));
        var code = Schemas.GetProperty("Problem").GetProperty("properties").GetProperty("code");
        Assert.Equal(Names<FailureKind>(), Words(code));
    }

    [Fact]
    public void Art16_the_description_names_every_service_of_the_contract()
    {
        var text = Schemas.GetProperty("Description").GetProperty("properties").GetProperty("services").GetRawText();
        var services = typeof(ICloudAdapter).GetProperties().Where(it => it.Name != nameof(ICloudAdapter.Info));
        Assert.All(services, it => Assert.Contains(Camel(it.Name), text, StringComparison.Ordinal));
    }

    [Fact]
    public void Art16_every_path_the_adapter_calls_is_in_the_document()
    {
        var paths = Document.GetProperty("paths").EnumerateObject().Select(it => it.Name).ToHashSet();
        var kinds = typeof(OpenPaths).GetFields().Select(it => (string)it.GetRawConstantValue()!).ToHashSet();
        var collections = paths.Select(it => it.Split('/')).Where(it => it.Length > 3).Select(it => it[3]).ToHashSet();
        Assert.Subset(kinds, collections);
        string[] calls = ["/open/v1", "/open/v1/usage/query", "/open/v1/capacity", "/open/v1/servers/{id}/console"];
        Assert.Subset(paths, calls.ToHashSet());
    }

    [Fact]
    public void Art16_every_example_reads_as_what_it_is_an_example_of()
    {
        var examples = Document.GetProperty("paths").GetRawText().Split("\"example\"").Length - 1;
        Assert.True(examples > 30, $"{examples} examples");
        var post = Document.GetProperty("paths").GetProperty("/open/v1/servers").GetProperty("post");
        var shown = post.GetProperty("responses").GetProperty("201").GetProperty("content");
        var server = shown
            .GetProperty("application/json")
            .GetProperty("example")
            .Deserialize<CloudServer>(OpenWire.Json)!;
        Assert.Equal((CloudState.Pending, new ServerSize(2, 4)), (server.State, server.Size));
        var described = Document
            .GetProperty("paths")
            .GetProperty("/open/v1")
            .GetProperty("get")
            .GetProperty("responses");
        var example = described.GetProperty("200").GetProperty("content").GetProperty("application/json");
        var description = Connection.Descriptions.Read(example.GetProperty("example"));
        Assert.Null(description.Missing("servers"));
        Assert.Contains("no console gateway", description.Missing("console")!, StringComparison.Ordinal);
        Assert.Contains("does not offer", description.Missing("usage")!, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(Camel).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Words(JsonElement schema) =>
        schema.GetProperty("enum").EnumerateArray().Select(it => it.GetString()!).Order(StringComparer.Ordinal);

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
