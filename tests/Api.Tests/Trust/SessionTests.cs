using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.Trust;

public sealed class SessionTests(Host host) : IClassFixture<Host>
{
    private const string Sessions = "/api/v1/sessions";
    private const string Me = "/api/v1/me";

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_until_the_security_administrator_unlocks_it()
    {
        var password = await RegisterAsync("locked-one");
        var codes = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            codes.Add((await TryAsync("locked-one", "wrong")).Code);
        }

        var wrong = "session.wrongPassword";
        Assert.Equal([wrong, wrong, wrong, wrong, "session.locked"], codes);
        Assert.Equal((423, "session.locked"), await TryAsync("locked-one", password));
        await host.SendAsync(await host.SignInAsync("secadmin"), HttpMethod.Post, "/api/v1/accounts/locked-one/unlock");
        Assert.Equal((201, null), await TryAsync("locked-one", password));
    }

    [Fact]
    public async Task An_unknown_account_answers_like_a_wrong_password() =>
        Assert.Equal((401, "session.wrongPassword"), await TryAsync("nobody-at-all", "wrong"));

    [Fact]
    public async Task A_one_time_password_serves_only_to_set_another()
    {
        var password = await RegisterAsync("fresh-one");
        var token = await host.SignInAsync("fresh-one", password);

        var (status, body) = await host.SendAsync(token, HttpMethod.Get, "/api/v1/organisations");
        Assert.Equal((403, "account.mustChangePassword"), (status, body.GetProperty("code").GetString()));
        var change = new { current = password, password = "another-long-password" };
        Assert.Equal(204, (await host.SendAsync(token, HttpMethod.Post, $"{Me}/password", change)).Status);
        Assert.Equal(401, (await host.SendAsync(token, HttpMethod.Get, Me)).Status);
        var again = await host.SignInAsync("fresh-one", "another-long-password");
        Assert.Equal(200, (await host.SendAsync(again, HttpMethod.Get, "/api/v1/organisations")).Status);
    }

    [Fact]
    public async Task A_token_ends_with_signing_out()
    {
        var token = await host.SignInAsync("auditadmin");

        Assert.Equal(204, (await host.SendAsync(token, HttpMethod.Delete, $"{Sessions}/current")).Status);
        var (status, body) = await host.SendAsync(token, HttpMethod.Get, Me);
        Assert.Equal((401, "session.invalid"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_repeated_key_makes_one_account_and_shows_its_password_once()
    {
        var token = await host.SignInAsync("sysadmin");
        var body = new { name = "once-only", roles = new[] { "auditadmin" } };
        var first = await host.SendAsync(token, HttpMethod.Post, "/api/v1/accounts", body, "key-1");
        var second = await host.SendAsync(token, HttpMethod.Post, "/api/v1/accounts", body, "key-1");
        var other = new { name = "once-other", roles = new[] { "auditadmin" } };
        var third = await host.SendAsync(token, HttpMethod.Post, "/api/v1/accounts", other, "key-1");

        Assert.Equal((201, 201, 422), (first.Status, second.Status, third.Status));
        Assert.NotNull(first.Body.GetProperty("password").GetString());
        Assert.Null(second.Body.GetProperty("password").GetString());
        Assert.Equal("idempotency.keyReused", third.Body.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("two of the three duties", new[] { "sysadmin", "secadmin" })]
    [InlineData("no duty at all", new string[0])]
    [InlineData("an officer of nobody", new[] { "officer" })]
    public async Task Platform_staff_have_exactly_one_duty(string because, string[] roles)
    {
        var token = await host.SignInAsync("sysadmin");
        var (status, _) = await host.SendAsync(
            token,
            HttpMethod.Post,
            "/api/v1/accounts",
            new { name = "two-hats", roles }
        );

        Assert.True(status == 422, because);
    }

    private async Task<string> RegisterAsync(string name)
    {
        var token = await host.SignInAsync("sysadmin");
        var (status, body) = await host.SendAsync(
            token,
            HttpMethod.Post,
            "/api/v1/accounts",
            new { name, roles = new[] { "sysadmin" } }
        );
        Assert.Equal(201, status);
        return body.GetProperty("password").GetString()!;
    }

    private async Task<(int Status, string? Code)> TryAsync(string account, string password)
    {
        var (status, body) = await host.SendAsync(null, HttpMethod.Post, Sessions, new { account, password });
        return (status, body.TryGetProperty("code", out var code) ? code.GetString() : null);
    }
}
