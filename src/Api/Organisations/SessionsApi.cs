using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Organisations;

/// <summary>Signing in and out, and who one is.</summary>
internal sealed class SessionsApi(SignIn signIn, ChangePassword changePassword, IBooks books, ISessionStore sessions)
    : IStation
{
    private const int LongestName = 100;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/sessions", OpenAsync)
            .ByPublic()
            .Shows(new SignInBody("tenant-a", "…"))
            .Produces<SessionView>(StatusCodes.Status201Created);
        api.MapDelete("/sessions/current", CloseAsync).ByAnyone(beforePasswordChange: true);
        api.MapGet("/me", Me).ByAnyone(beforePasswordChange: true).Produces<MeView>();
        api.MapPost("/me/password", SetPasswordAsync)
            .ByAnyone(beforePasswordChange: true)
            .Shows(new PasswordBody("…", "…"));
    }

    private async Task<IResult> OpenAsync(SignInBody body, HttpContext http, CancellationToken cancellationToken)
    {
        var check = new Check();
        check.Text("account", body.Account, LongestName);
        check.OptionalText("password", body.Password, Passwords.Longest);
        if (!check.IsClean)
        {
            // Values are left out: people type passwords into the wrong field.
            var faults = check.Faults.Select(f => f with { Value = null });
            return Answers.Refused(check.Refusal() with { Faults = [.. faults] });
        }

        var origin = Origins.Of(http, null, null);
        var opened = await signIn.ExecuteAsync(origin, (body.Account, body.Password), cancellationToken);
        return opened.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Results.Created("/api/v1/sessions/current", new SessionView(opened.Value.Token, opened.Value.ExpiresAt));
    }

    private async Task<IResult> CloseAsync(Caller caller, CancellationToken cancellationToken)
    {
        var closed = await books.ChangeAsync<Done>(
            caller.Wants("session.close", "account", caller.Actor.Account),
            async (transaction, token) =>
            {
                await sessions.CloseAsync(transaction, caller.TokenHash, token);
                return Done.Now;
            },
            cancellationToken
        );
        return Answers.Empty(closed);
    }

    private static IResult Me(Caller caller)
    {
        var organisation = caller.Actor.Organisation is { } own ? OrganisationView.Of(own) : null;
        return Results.Ok(
            new MeView(caller.Actor.Account, organisation, caller.Actor.Roles, caller.MustChangePassword)
        );
    }

    private async Task<IResult> SetPasswordAsync(
        Caller caller,
        PasswordBody body,
        CancellationToken cancellationToken
    ) => Answers.Empty(await changePassword.ExecuteAsync(caller, body.Current, body.Password, cancellationToken));
}

internal sealed record SignInBody(string Account, string Password);

internal sealed record PasswordBody(string Current, string Password);

internal sealed record SessionView(string Token, DateTimeOffset ExpiresAt);

internal sealed record MeView(
    string Account,
    OrganisationView? Organisation,
    IReadOnlyList<Role> Roles,
    bool MustChangePassword
);
