using System.Text.Json;
using CloudManager.Adapters.Mock;

namespace CloudManager.Adapters.Tests.Mock;

public sealed class MockSettingsTests
{
    [Theory]
    [InlineData("""[]""", "", "[]")]
    [InlineData("""{"seed": "1"}""", "seed", "\"1\"")]
    [InlineData("""{"seed": 1.5}""", "seed", "1.5")]
    [InlineData("""{"state": ""}""", "state", "\"\"")]
    [InlineData("""{"traces": 1}""", "traces", "1")]
    [InlineData("""{"createSeconds": -1}""", "createSeconds", "-1")]
    [InlineData("""{"resizeNeedsStop": "no"}""", "resizeNeedsStop", "\"no\"")]
    [InlineData("""{"colour": "red"}""", "colour", "\"red\"")]
    [InlineData("""{"habits": "idle"}""", "habits", "\"idle\"")]
    [InlineData("""{"habits": []}""", "habits", "[]")]
    [InlineData("""{"habits": ["idle", "lazy"]}""", "habits", "[\"idle\", \"lazy\"]")]
    [InlineData("""{"habits": [1]}""", "habits", "[1]")]
    [InlineData("""{"habits": ["idle"], "traces": "t"}""", "habits", null)]
    [InlineData("""{"clockOffset": "10m"}""", "clockOffset", "\"10m\"")]
    [InlineData("""{"clockOffset": 600}""", "clockOffset", "600")]
    [InlineData("""{"clockOffset": "1.00:00:00"}""", "clockOffset", "\"1.00:00:00\"")]
    [InlineData("""{"capacity": {"vcpus": -1}}""", "capacity.vcpus", "-1")]
    [InlineData("""{"capacity": {"gpus": 1}}""", "capacity.gpus", "1")]
    [InlineData("""{"faults": []}""", "faults", "[]")]
    [InlineData("""{"faults": {"makeServer": []}}""", "faults.makeServer", "[]")]
    [InlineData("""{"faults": {"*": [{"kind": "slow"}]}}""", "faults.*[0].probability", null)]
    [InlineData("""{"faults": {"*": {"probability": 1}}}""", "faults.*.kind", null)]
    [InlineData("""{"faults": {"*": {"kind": "Slow", "probability": 1}}}""", "faults.*.kind", "\"Slow\"")]
    [InlineData("""{"faults": {"*": {"kind": 1, "probability": 1}}}""", "faults.*.kind", "1")]
    [InlineData("""{"faults": {"*": {"kind": "slow", "probability": 1.1}}}""", "faults.*.probability", "1.1")]
    public void Names_the_fault_by_path_and_value(string settings, string path, string? value)
    {
        var fault = Assert.Single(new MockAdapterFactory().Validate(JsonElement.Parse(settings)));
        Assert.Equal((path, value), (fault.Path, fault.Value));
        Assert.NotEmpty(fault.Expected);
    }

    [Fact]
    public void Lists_all_faults_at_once()
    {
        var faults = new MockAdapterFactory().Validate(
            JsonElement.Parse("""{"seed": "x", "state": 1, "capacity": {"vcpus": "many"}, "unknown": 1}""")
        );
        Assert.Equal(["seed", "state", "capacity.vcpus", "unknown"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Everything_is_optional_and_every_fault_kind_is_known()
    {
        var factory = new MockAdapterFactory();
        Assert.Empty(factory.Validate(JsonElement.Parse("{}")));
        string[] kinds = ["timeoutAfterSuccess", "timeoutBefore", "unavailable", "throttled", "noCapacity", "slow"];
        Assert.All(
            kinds,
            kind =>
                Assert.Empty(
                    factory.Validate(
                        JsonElement.Parse($$"""{"faults": {"*": {"kind": "{{kind}}", "probability": 0.5} } }""")
                    )
                )
        );
    }
}
