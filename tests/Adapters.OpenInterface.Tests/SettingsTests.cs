using System.Text.Json;

namespace CloudManager.Adapters.OpenInterface.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("https anywhere", "https://cloud.example")]
    [InlineData("a path before the interface", "https://gateway.example/city/")]
    [InlineData("a loopback address in IPv4", "http://127.0.0.1:8080")]
    [InlineData("any loopback address", "http://127.9.9.9:8080")]
    [InlineData("a loopback address in IPv6", "http://[::1]:8080")]
    [InlineData("the loopback by name", "http://localhost:8080")]
    public void Takes(string because, string baseUrl)
    {
        var faults = new OpenInterfaceAdapterFactory().Validate(OpenPool.Settings(baseUrl));
        Assert.True(faults.Count == 0, because);
    }

    [Theory]
    [InlineData("a public address", "http://203.0.113.9:8080", "plain http")]
    [InlineData("a private network is no wire of one's own", "http://10.0.0.9", "plain http")]
    [InlineData("a private network in IPv6", "http://[fd00::9]", "plain http")]
    [InlineData("a name that only begins so", "http://localhost.example", "plain http")]
    [InlineData("an address that only begins so", "http://127.0.0.1.example", "plain http")]
    [InlineData("another protocol", "ftp://cloud.example", "an https address")]
    [InlineData("a secret in the address", "https://user:word@cloud.example", "an https address")]
    [InlineData("a query", "https://cloud.example?x=1", "an https address")]
    [InlineData("no address", "cloud.example", "an https address")]
    public void Art16_refuses_the_address_in_words(string because, string baseUrl, string words)
    {
        var fault = Assert.Single(new OpenInterfaceAdapterFactory().Validate(OpenPool.Settings(baseUrl)));
        Assert.Equal("baseUrl", fault.Path);
        Assert.True(fault.Expected.Contains(words, StringComparison.Ordinal), $"{because}: {fault.Expected}");
        Assert.DoesNotContain(OpenPool.Key, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_every_fault_and_never_shows_the_key()
    {
        const string Wrong = """{"key": "two words", "caFile": 7, "useProxy": "no", "retries": 3}""";
        var faults = new OpenInterfaceAdapterFactory().Validate(JsonElement.Parse(Wrong));
        Assert.Equal(["baseUrl", "key", "caFile", "useProxy", "retries"], faults.Select(fault => fault.Path));
        Assert.DoesNotContain(faults, fault => fault.ToString().Contains("two words", StringComparison.Ordinal));
    }

    [Fact]
    public void Wants_an_object() =>
        Assert.Equal(
            "an object",
            Assert.Single(new OpenInterfaceAdapterFactory().Validate(JsonElement.Parse("[]"))).Expected
        );
}
