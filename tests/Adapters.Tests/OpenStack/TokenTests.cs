using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>One token serves all calls, and is renewed once however many notice.</summary>
public sealed class TokenTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly NativeId Id = new(Recorded.ServerId);

    [Fact]
    public async Task Fifty_calls_at_once_ask_for_one_token()
    {
        await using var cloud = new ScriptedCloud();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cloud.Adapter.Servers!.GetAsync(Id, None)));

        Assert.Equal(1, cloud.Tokens);
    }

    [Fact]
    public async Task Fifty_calls_whose_token_was_revoked_renew_it_once()
    {
        await using var cloud = new ScriptedCloud { OldTokensEnd = true };
        await cloud.Adapter.Servers!.GetAsync(Id, None);
        cloud.Revoke();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cloud.Adapter.Servers!.GetAsync(Id, None)));

        Assert.Equal(3, cloud.Tokens);
    }

    [Fact]
    public async Task Fifty_calls_near_the_tokens_end_renew_it_once_and_no_service_refuses_any()
    {
        await using var cloud = new ScriptedCloud { OldTokensEnd = true };
        await cloud.Adapter.Servers!.GetAsync(Id, None);
        cloud.Clock.Advance(cloud.TokenLife - TimeSpan.FromMinutes(4));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cloud.Adapter.Servers!.GetAsync(Id, None)));

        Assert.Equal(2, cloud.Tokens);
        Assert.Equal(51, cloud.Count($"GET /compute/v2.1/servers/{Recorded.ServerId}"));
    }

    [Fact]
    public async Task A_token_far_from_its_end_is_kept()
    {
        await using var cloud = new ScriptedCloud();
        await cloud.Adapter.Servers!.GetAsync(Id, None);
        cloud.Clock.Advance(cloud.TokenLife - TimeSpan.FromMinutes(6));

        await cloud.Adapter.Servers!.GetAsync(Id, None);

        Assert.Equal(1, cloud.Tokens);
    }

    [Fact]
    public async Task A_token_of_a_short_life_is_used_for_most_of_it()
    {
        await using var cloud = new ScriptedCloud { TokenLife = TimeSpan.FromMinutes(4) };
        await cloud.Adapter.Servers!.GetAsync(Id, None);

        cloud.Clock.Advance(TimeSpan.FromMinutes(2));
        await cloud.Adapter.Servers!.GetAsync(Id, None);
        Assert.Equal(1, cloud.Tokens);

        cloud.Clock.Advance(TimeSpan.FromMinutes(1.5));
        await cloud.Adapter.Servers!.GetAsync(Id, None);
        Assert.Equal(2, cloud.Tokens);
    }

    [Fact]
    public async Task A_refused_sign_in_is_one_for_all_that_wait_and_is_not_kept()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Once("POST /identity/v3/auth/tokens", new WireAnswer(503, "") { ContentType = "text/plain" });

        var calls = Enumerable.Range(0, 50).Select(_ => cloud.Adapter.Servers!.GetAsync(Id, None)).ToList();
        var failures = await Task.WhenAll(calls.Select(call => Record.ExceptionAsync(() => call).AsTask()));

        Assert.Contains(failures, failure => failure is AdapterException { Kind: FailureKind.Unavailable });
        await cloud.Adapter.Servers!.GetAsync(Id, None);
        Assert.Equal(1, cloud.Tokens);
    }
}
