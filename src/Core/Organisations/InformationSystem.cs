using CloudManager.Core.Kernel;

namespace CloudManager.Core.Organisations;

/// <summary>Where a system runs (art. 4): the base of the on-cloud ratio counts those not yet on the cloud too.</summary>
public enum Hosting
{
    /// <summary>政务云.</summary>
    Cloud,

    /// <summary>自建机房.</summary>
    OwnFacility,

    /// <summary>行业云.</summary>
    IndustryCloud,
}

/// <summary>What a system is for (art. 22): only what is not production may be switched off outside working hours.</summary>
public enum SystemEnvironment
{
    /// <summary>生产.</summary>
    Production,

    /// <summary>测试.</summary>
    Test,

    /// <summary>开发.</summary>
    Development,
}

/// <summary>Non-classified government information system (非涉密政务信息系统, art. 3–4) of one tenant.</summary>
public sealed record InformationSystem
{
    /// <summary>Its code, unique in the province.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>The code of the tenant (云使用单位).</summary>
    public required string Tenant { get; init; }

    /// <summary>Level of 网络安全等级保护, 1 to 3 on this cloud (art. 4, 32).</summary>
    public required int ProtectionLevel { get; init; }

    public Hosting Hosting { get; init; } = Hosting.Cloud;

    public SystemEnvironment Environment { get; init; } = SystemEnvironment.Production;

    /// <summary>For one not on the cloud: the plan to move, or the legal exemption.</summary>
    public string? Plan { get; init; }
}

/// <summary>Information systems.</summary>
public interface ISystemStore
{
    Task<InformationSystem?> FindAsync(ITransaction transaction, string code, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, InformationSystem system, CancellationToken cancellationToken);

    /// <summary>The systems of a tenant, or all of them, in order of code.</summary>
    Task<Page<InformationSystem>> ListAsync(
        ITransaction transaction,
        string? tenant,
        PageRequest page,
        CancellationToken cancellationToken
    );
}
