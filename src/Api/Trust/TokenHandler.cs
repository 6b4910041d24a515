using System.Security.Claims;
using System.Text.Encodings.Web;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CloudManager.Api.Trust;

/// <summary>Reads the bearer token and finds whose session it is.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SessionReader sessions
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";
    private const string Prefix = "Bearer ";
    private const int LongestToken = 200;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        // The keys of the open interface are no sessions of ours.
        if (header.Count == 0 || Request.Path.StartsWithSegments(OpenWire.Root, StringComparison.Ordinal))
        {
            return AuthenticateResult.NoResult();
        }

        var text = header.Count == 1 ? header[0]! : "";
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || text.Length > LongestToken)
        {
            return AuthenticateResult.Fail("no bearer token");
        }

        var hash = Tokens.HashOf(text[Prefix.Length..].Trim());
        if (await sessions.FindAsync(Context, hash, Context.RequestAborted) is not { } caller)
        {
            return AuthenticateResult.Fail("no such session");
        }

        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Actor.Account)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Name;
        Refusal refusal =
            Request.Headers.Authorization.Count == 0
                ? new Unauthenticated("session.required", ("须先登录", "sign in first"))
                : new Unauthenticated(
                    "session.invalid",
                    ("令牌无效、已过期或已撤销", "the token is wrong, expired or revoked")
                );
        return Answers.WriteAsync(Context, StatusCodes.Status401Unauthorized, refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Answers.WriteAsync(Context, StatusCodes.Status403Forbidden, AccessGate.NotForYou);
}

/// <summary>Finds the caller of a session.</summary>
internal sealed class SessionReader(IBooks books, ISessionStore sessions, MachineClock clock)
{
    public Task<Caller?> FindAsync(HttpContext http, string tokenHash, CancellationToken cancellationToken) =>
        books.ReadAsync(
            async (transaction, token) =>
            {
                if (await sessions.FindAsync(transaction, tokenHash, clock.Now, token) is not { } actor)
                {
                    return null;
                }

                var origin = Origins.Of(http, actor.Account, actor.Organisation?.Code);
                return new Caller(actor with { Origin = origin }, actor.MustChangePassword, tokenHash, http);
            },
            cancellationToken
        );
}
