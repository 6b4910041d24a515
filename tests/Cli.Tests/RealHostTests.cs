using System.Reflection;
using System.Text.Json;
using CloudManager.Cli.Tests.Support;
using CloudManager.Client;
using CloudManager.Journey.Tests.Support;
using Refit;

namespace CloudManager.Cli.Tests;

/// <summary>The commands and the client beside the built host.</summary>
public sealed class RealHostTests : IAsyncLifetime
{
    private readonly TestTerminal _terminal = new();
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        var adapters = Path.Combine(Repository.Root, "adapters.json");
        _host = await HostProcess.StartAsync(_terminal.Folder, adapters, "--demo");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _terminal.Dispose();
    }

    [Fact]
    public async Task Every_endpoint_that_the_client_calls_is_served()
    {
        var served = await ServedAsync();
        var called = Called().ToList();

        Assert.True(called.Count > 20, $"{called.Count} calls");
        Assert.Empty(called.Except(served));
    }

    [Fact]
    public async Task A_request_goes_from_the_catalogue_into_the_test_by_commands_alone()
    {
        await _terminal.SignInAsync(_host.Client.BaseAddress!, "tenant-a", HostProcess.Password);
        Assert.Contains("tenant-a", await DoneAsync("whoami"), StringComparison.Ordinal);
        Assert.Contains("ecs-general", await DoneAsync("catalogue", "--category", "compute"), StringComparison.Ordinal);
        Assert.Contains("mock-a", await DoneAsync("pools"), StringComparison.Ordinal);
        Assert.Contains("volumes", await DoneAsync("pools", "show", "mock-a"), StringComparison.Ordinal);
        var made = await DoneAsync(
            "apply",
            "--system",
            "a-employment",
            "--pool",
            "mock-a",
            "--item",
            "ecs-general",
            "--vcpus",
            "2",
            "--memory",
            "4",
            "--image",
            "kylin-v10-x86",
            "--reason",
            "扩容",
            "--submit",
            "--json"
        );
        var id = JsonElement.Parse(made).GetProperty("id").GetString()!;

        await _terminal.SignInAsync(_host.Client.BaseAddress!, "authority", HostProcess.Password);
        await DoneAsync("request", "accept", id, "--opinion", "受理");
        await DoneAsync("request", "approve", id, "--if-version", "3");
        await _terminal.SignInAsync(_host.Client.BaseAddress!, "technical", HostProcess.Password);
        await DoneAsync("request", "issue-test-order", id);
        await DoneAsync("request", "wait", id, "--until", "testing", "--timeout", "1m");

        var shown = await DoneAsync("request", "show", id, "--lang", "zh");
        Assert.Contains("工单", shown, StringComparison.Ordinal);
        Assert.Contains("completed", shown, StringComparison.Ordinal);
        var resources = JsonElement.Parse(await DoneAsync("resources", "--state", "testing", "--json"));
        var resource = resources.GetProperty("items")[0].GetProperty("id").GetString()!;
        Assert.Contains(id, await DoneAsync("resources", "show", resource), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_platform_refuses_is_said_as_it_says_it()
    {
        await _terminal.SignInAsync(_host.Client.BaseAddress!, "tenant-a", HostProcess.Password);

        var outcome = await _terminal.RunAsync("apply", "--system", "nope", "--item", "ecs-general", "--reason", "r");
        await DoneAsync("logout");
        var after = await _terminal.RunAsync("whoami");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("system: 'nope'", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(3, after.Code);
    }

    [Fact]
    public async Task The_story_comes_out_as_computed_by_hand_and_can_be_told_twice()
    {
        string[] story =
        [
            "demo",
            "story",
            "--server",
            _host.Client.BaseAddress!.ToString(),
            "--password",
            HostProcess.Password,
        ];

        var first = await _terminal.RunAsync(story);
        var second = await _terminal.RunAsync(story);

        Assert.True(first.Code == 0, first.ToString());
        Assert.True(second.Code == 0, second.ToString());
        Assert.Contains("adjustment", first.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT EQUAL", second.Out, StringComparison.Ordinal);
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var outcome = await _terminal.RunAsync(arguments);
        Assert.True(outcome.Code == 0, $"{string.Join(' ', arguments)}: {outcome}");
        return outcome.Out;
    }

    /// <summary>Method and path of every call, parameters without their names.</summary>
    private static IEnumerable<string> Called() =>
        typeof(CloudManagerClient)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsInterface)
            .SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<HttpMethodAttribute>()!)
            .Select(call => $"{call.Method} {Nameless(call.Path.Split('?')[0])}")
            .Distinct();

    private async Task<IReadOnlySet<string>> ServedAsync()
    {
        var text = await _host.Client.GetStringAsync("/openapi/v1.json");
        return JsonElement
            .Parse(text)
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(
                path => path.Value.EnumerateObject(),
                (path, verb) => $"{verb.Name.ToUpperInvariant()} {Nameless(path.Name)}"
            )
            .ToHashSet();
    }

    private static string Nameless(string path) =>
        string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "{}" : part));
}
