using Refit;

namespace CloudManager.Adapters.OpenStack.Identity;

/// <summary>Keystone, the identity service: https://docs.openstack.org/api-ref/identity/v3/</summary>
internal interface IKeystoneApi
{
    /// <summary>A token, in the answer's header X-Subject-Token, with the catalogue.</summary>
    [Post("/auth/tokens")]
    Task<ApiResponse<TokenAnswer>> AuthenticateAsync([Body] AuthRequest request, CancellationToken cancellationToken);

    /// <summary>The projects the token's user has a role in.</summary>
    [Get("/auth/projects")]
    Task<ProjectsAnswer> ListProjectsAsync([Header("X-Auth-Token")] string token, CancellationToken cancellationToken);
}
