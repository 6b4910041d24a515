using CloudManager.Core.Organisations;

namespace CloudManager.Api.Trust;

/// <summary>Who may call an endpoint: kinds of organisation, roles of platform staff, or anyone who is signed in.</summary>
internal sealed record Access
{
    public IReadOnlyList<OrganisationKind> Kinds { get; init; } = [];

    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>Anyone who is signed in.</summary>
    public bool Anyone { get; init; }

    /// <summary>Anyone at all.</summary>
    public bool Public { get; init; }

    /// <summary>Open to an account that must set a password of its own first.</summary>
    public bool BeforePasswordChange { get; init; }

    public bool Lets(Actor actor) =>
        Anyone || (actor.Organisation is { } organisation && Kinds.Contains(organisation.Kind)) || Roles.Any(actor.Has);
}

/// <summary>Names who may call an endpoint, on the endpoint.</summary>
internal static class AccessExtensions
{
    public static RouteHandlerBuilder By(this RouteHandlerBuilder endpoint, params OrganisationKind[] kinds) =>
        endpoint.WithMetadata(new Access { Kinds = kinds });

    public static RouteHandlerBuilder ByRole(this RouteHandlerBuilder endpoint, params Role[] roles) =>
        endpoint.WithMetadata(new Access { Roles = roles });

    /// <summary>Kinds of organisation beside roles of platform staff.</summary>
    public static RouteHandlerBuilder By(
        this RouteHandlerBuilder endpoint,
        OrganisationKind[] kinds,
        params Role[] roles
    ) => endpoint.WithMetadata(new Access { Kinds = kinds, Roles = roles });

    public static RouteHandlerBuilder ByAnyone(this RouteHandlerBuilder endpoint, bool beforePasswordChange = false) =>
        endpoint.WithMetadata(new Access { Anyone = true, BeforePasswordChange = beforePasswordChange });

    /// <summary>Without any sign-in.</summary>
    public static RouteHandlerBuilder ByPublic(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new Access { Public = true, BeforePasswordChange = true }).AllowAnonymous();
}
