using CloudManager.Adapters.Sdk;
using Refit;

namespace CloudManager.Adapters.OpenStack.Identity;

/// <summary>Signs in to Keystone v3, and finds out what was wrong where it refuses.</summary>
internal sealed class Keystone(IKeystoneApi api, OpenStackSettings settings, TimeProvider machineTime)
{
    /// <summary>How long a token may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    /// <summary>A token is renewed this long before its end, or in the last quarter of a shorter life.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private string? _diagnosis;

    /// <exception cref="AdapterException">No token was given, and why.</exception>
    public async Task<CloudToken> AuthenticateAsync(CancellationToken cancellationToken)
    {
        ApiResponse<TokenAnswer> answer;
        try
        {
            answer = await api.AuthenticateAsync(new AuthRequest(Body(settings.Credential)), cancellationToken);
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.Unauthenticated or FailureKind.NotFound)
        {
            throw await RefusedAsync(failure, cancellationToken);
        }

        using (answer)
        {
            _diagnosis = null;
            var value = HeaderOf(answer);
            if (value is null || answer.Content?.Token is not { } token)
            {
                throw new AdapterException(FailureKind.Unavailable, "Keystone answered without a token.");
            }

            return Kept(value, token);
        }
    }

    /// <summary>The token's own instants may be by another clock; only their distance counts.</summary>
    private CloudToken Kept(string value, TokenBody token)
    {
        if (token.Project is not { } project)
        {
            throw new AdapterException(FailureKind.Unauthenticated, "Keystone gave a token without a project.");
        }

        var life = token.ExpiresAt - token.IssuedAt;
        var ahead = life / 4 < Ahead ? life / 4 : Ahead;
        var catalogue = new Catalogue(token.Catalog, settings.Region, settings.Interface);
        return new CloudToken(value, machineTime.GetUtcNow() + life - ahead, project.Id, catalogue);
    }

    private static AuthBody Body(Credential credential) =>
        credential switch
        {
            PasswordCredential user => new AuthBody(
                Identity(user),
                new AuthScope(new AuthProject(user.Project, new NamedDomain(user.ProjectDomain)))
            ),
            ApplicationCredential application => new AuthBody(
                new AuthIdentity(["application_credential"], null)
                {
                    ApplicationCredential = new AuthApplicationCredential(
                        application.Id,
                        application.ApplicationSecret
                    ),
                },
                null
            ),
            _ => throw new InvalidOperationException($"{credential.GetType().Name} signs in to nothing"),
        };

    private static AuthIdentity Identity(PasswordCredential user) =>
        new(
            ["password"],
            new AuthPassword(new AuthUser(user.Username, new NamedDomain(user.UserDomain), user.Password))
        );

    private static string? HeaderOf(ApiResponse<TokenAnswer> answer) =>
        answer.Headers?.TryGetValues("X-Subject-Token", out var tokens) == true ? tokens.FirstOrDefault() : null;

    private async Task<AdapterException> RefusedAsync(AdapterException failure, CancellationToken cancellationToken)
    {
        // Once for each series of refusals: every further try counts towards the user's lock-out.
        _diagnosis ??= settings.Credential is PasswordCredential user
            ? await DiagnoseAsync(user, cancellationToken)
            : "its id or its secret is wrong, or it has expired";
        return new AdapterException(
            FailureKind.Unauthenticated,
            $"Keystone refuses {settings.Credential.Who}: {_diagnosis}."
        )
        {
            ProviderCode = failure.ProviderCode,
            ProviderRequestId = failure.ProviderRequestId,
        };
    }

    /// <summary>Keystone tells nobody what was wrong; a sign-in without a project tells whether it was the project.</summary>
    private async Task<string> DiagnoseAsync(PasswordCredential user, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await api.AuthenticateAsync(
                new AuthRequest(new AuthBody(Identity(user), "unscoped")),
                cancellationToken
            );
            var token = HeaderOf(answer) ?? "";
            var projects = await api.ListProjectsAsync(token, cancellationToken);
            var names = string.Join(", ", projects.Projects.Select(project => project.Name).Take(20));
            return $"the password is right, but there is no project '{user.Project}' of domain '{user.ProjectDomain}' "
                + $"in which this user has a role; there is {(names.Length == 0 ? "none" : names)}";
        }
        catch (AdapterException second) when (second.Kind == FailureKind.Unauthenticated)
        {
            return "the user's name, domain or password is wrong, or the user is disabled or locked";
        }
        catch (AdapterException second)
        {
            return $"the user, the password or the project '{user.Project}' is wrong ({second.Kind})";
        }
    }
}
