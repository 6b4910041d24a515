using System.Text.Json;
using CloudManager.Api.Requests;
using CloudManager.Api.Web;
using CloudManager.Core.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudManager.Api.Tests.Web;

public sealed class JsonRulesTests
{
    private const string Line = """{"item":"ecs","quantity":1,"spec":{"vcpus":1}}""";
    private static readonly JsonSerializerOptions Json = JsonRules.Create();

    [Fact]
    public void A_right_body_is_read()
    {
        var body = Read(Body(Line))!;

        Assert.Equal((RequestType.Provision, 1), (body.Type, body.Lines[0].Spec?.Vcpus));
    }

    [Theory]
    [InlineData("an unknown member", """{"type":"provision","system":"s","reason":"r","lines":[],"x":1}""", "x")]
    [InlineData("a doubled member", """{"type":"provision","type":"change"}""", "type")]
    [InlineData("a word that is no type", """{"type":"nope"}""", "type")]
    [InlineData("a number for a word", """{"type":0}""", "type")]
    [InlineData("null for a text", """{"reason":null}""", "reason")]
    [InlineData("no object at all", "[]", "$")]
    [InlineData("no JSON at all", "{", "$")]
    public void What_is_wrong_is_refused_by_its_path(string because, string json, string path) =>
        Assert.True(path == Assert.Single(PathsOf(json)), because);

    [Theory]
    [InlineData("null in a list", "null", "lines[0]")]
    [InlineData("null in a later place", Line + ",null", "lines[1]")]
    [InlineData("a number as text", """{"item":"e","quantity":"1","spec":{}}""", "lines[0].quantity")]
    [InlineData("a number too large", """{"item":"e","quantity":1e12,"spec":{}}""", "lines[0].quantity")]
    [InlineData("null for a spec", """{"item":"e","quantity":1,"spec":null}""", "lines[0].spec")]
    [InlineData("an unknown member", """{"item":"e","quantity":1,"spec":{"cores":1}}""", "lines[0].spec.cores")]
    public void What_is_wrong_in_a_line_is_refused_by_its_path(string because, string lines, string path) =>
        Assert.True(path == Assert.Single(PathsOf(Body(lines))), because);

    [Fact]
    public void Every_missing_member_is_named() => Assert.Equal(["type", "system", "reason", "lines"], PathsOf("{}"));

    [Fact]
    public void A_missing_member_of_a_line_is_named_with_its_line() =>
        Assert.Equal(["lines[0].quantity", "lines[0].spec"], PathsOf(Body("""{"item":"e"}""")));

    [Fact]
    public void A_line_about_a_resource_needs_no_item() =>
        Assert.Equal("res-000001", Read(Body("""{"resource":"res-000001"}"""))!.Lines[0].Resource);

    [Fact]
    public void No_name_of_a_type_gets_out()
    {
        foreach (var json in new[] { "{}", "[]", """{"type":{}}""", Body("""{"item":[]}"""), Body("{}") })
        {
            var text = JsonSerializer.Serialize(Problem.Of(RefusalOf(json), "t"), Json);

            Assert.DoesNotContain("CloudManager", text, StringComparison.Ordinal);
            Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Instants_are_written_with_the_offset_of_China_and_days_as_days()
    {
        var at = new DateTimeOffset(2026, 9, 30, 16, 0, 0, TimeSpan.Zero);

        Assert.Equal("\"2026-10-01T00:00:00+08:00\"", JsonSerializer.Serialize(at, Json).Replace("\\u002B", "+"));
        Assert.Equal("\"2026-10-01\"", JsonSerializer.Serialize(new DateOnly(2026, 10, 1), Json));
    }

    private static string Body(string lines) =>
        $$"""{"type":"provision","system":"s","reason":"r","lines":[{{lines}}]}""";

    private static RequestBody? Read(string json) => JsonSerializer.Deserialize<RequestBody>(json, Json);

    private static Core.Kernel.Refusal RefusalOf(string json)
    {
        var fault = Assert.ThrowsAny<JsonException>(() => Read(json));
        return Border.RefusalOf(new BadHttpRequestException("bad", 400, fault));
    }

    private static IEnumerable<string> PathsOf(string json) => RefusalOf(json).Faults.Select(f => f.Path);
}
