using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Trust;

/// <summary>Who is calling, with the call itself.</summary>
internal sealed record Caller(Actor Actor, bool MustChangePassword, string TokenHash, HttpContext Http)
{
    /// <summary>Hands the caller to an endpoint; only endpoints that need a sign-in ask for it.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http));

    public static Caller? Of(HttpContext http) => http.Features.Get<Caller>();

    /// <summary>The intent of this caller.</summary>
    public Intent Wants(string action, string kind, string id) => new(Actor.Origin, action, new Subject(kind, id));

    public Intent Wants(string action, Subject subject) => new(Actor.Origin, action, subject);
}
