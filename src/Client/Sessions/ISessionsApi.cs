using Refit;

namespace CloudManager.Client.Sessions;

/// <summary>Signing in and out, and who one is.</summary>
public interface ISessionsApi
{
    [Post("/api/v1/sessions")]
    Task<Session> OpenAsync([Body] SignIn body, CancellationToken cancellationToken);

    [Delete("/api/v1/sessions/current")]
    Task CloseAsync(CancellationToken cancellationToken);

    [Get("/api/v1/me")]
    Task<Me> MeAsync(CancellationToken cancellationToken);

    [Post("/api/v1/me/password")]
    Task SetPasswordAsync([Body] NewPassword body, CancellationToken cancellationToken);
}

/// <summary>An account and its password.</summary>
public sealed record SignIn(string Account, string Password)
{
    /// <summary>Without the password, so that no log holds it.</summary>
    public override string ToString() => $"{nameof(SignIn)} {{ {Account} }}";
}

/// <summary>The password as it is and as it shall be.</summary>
public sealed record NewPassword(string Current, string Password)
{
    /// <summary>Without the passwords, so that no log holds them.</summary>
    public override string ToString() => nameof(NewPassword);
}

/// <summary>A session: its token signs every call until it expires or is closed.</summary>
public sealed record Session(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the token, so that no log holds it.</summary>
    public override string ToString() => $"{nameof(Session)} {{ {ExpiresAt:O} }}";
}

/// <summary>The signed-in account; platform staff (三员) belong to no organisation.</summary>
public sealed record Me(
    string Account,
    Organisation? Organisation,
    IReadOnlyList<string> Roles,
    bool MustChangePassword = false
);

/// <summary>Organisation (单位, art. 5–10).</summary>
public sealed record Organisation(string Code, string Name, string Kind, string Region);
