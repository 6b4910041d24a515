using Refit;

namespace CloudManager.Client.Systems;

/// <summary>Information systems (政务信息系统, art. 3, 4).</summary>
public interface ISystemsApi
{
    [Get("/api/v1/systems")]
    Task<Page<InformationSystem>> ListAsync([Query] PageQuery query, CancellationToken cancellationToken);

    [Post("/api/v1/systems")]
    Task<InformationSystem> RegisterAsync(
        [Body] NewSystem body,
        [Header("Idempotency-Key")] string key,
        CancellationToken cancellationToken
    );
}

/// <summary>An information system as its tenant registers it.</summary>
/// <param name="ProtectionLevel">Grade of cyber-security protection (等保), 1 to 3.</param>
/// <param name="Classified">Whether it holds state secrets; such a system is refused (art. 3).</param>
/// <param name="Environment">production, test or development.</param>
public sealed record NewSystem(
    string Code,
    string Name,
    int ProtectionLevel,
    bool Classified,
    string Environment = "production"
);

/// <summary>Information system (政务信息系统) of a tenant.</summary>
public sealed record InformationSystem(
    string Code,
    string Name,
    string Tenant,
    int ProtectionLevel,
    bool Classified,
    string Hosting,
    string? Plan = null,
    string Environment = "production"
);
