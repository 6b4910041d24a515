using System.Text.Json.Serialization;

namespace CloudManager.Adapters.OpenStack.Identity;

/// <summary>
/// Request of a token: https://docs.openstack.org/api-ref/identity/v3/#password-authentication-with-scoped-authorization
/// and #authenticating-with-an-application-credential. The scope is an object, or the word "unscoped".
/// </summary>
internal sealed record AuthRequest(AuthBody Auth);

internal sealed record AuthBody(AuthIdentity Identity, object? Scope);

internal sealed record AuthIdentity(IReadOnlyList<string> Methods, AuthPassword? Password)
{
    [JsonPropertyName("application_credential")]
    public AuthApplicationCredential? ApplicationCredential { get; init; }
}

internal sealed record AuthPassword(AuthUser User);

internal sealed record AuthUser(string Name, NamedDomain Domain, string Password);

internal sealed record AuthApplicationCredential(string Id, string Secret);

internal sealed record AuthScope(AuthProject Project);

internal sealed record AuthProject(string Name, NamedDomain Domain);

internal sealed record NamedDomain(string Name);

/// <summary>A token with its catalogue: https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management</summary>
internal sealed record TokenAnswer(TokenBody Token);

internal sealed record TokenBody(DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    public IReadOnlyList<CatalogueService> Catalog { get; init; } = [];

    public ProjectReference? Project { get; init; }

    public IReadOnlyList<RoleReference> Roles { get; init; } = [];
}

internal sealed record ProjectReference(string Id, string Name);

internal sealed record RoleReference(string Name);

internal sealed record CatalogueService(string Type, string? Name)
{
    public IReadOnlyList<CatalogueEndpoint> Endpoints { get; init; } = [];
}

internal sealed record CatalogueEndpoint(string Interface, string? Region, string? RegionId, string Url);

/// <summary>Projects of the caller: https://docs.openstack.org/api-ref/identity/v3/#get-available-project-scopes</summary>
internal sealed record ProjectsAnswer(IReadOnlyList<ProjectReference> Projects);
