using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings;

/// <summary>Tells by which monitoring policy (监测标准, art. 22, 43) use is judged.</summary>
public interface IPolicies
{
    /// <summary>
    /// The approved version whose day came last: the region's own, else that of the region above; the defaults, version
    /// 0 of the uppermost region, where none is in force.
    /// </summary>
    Task<MonitoringPolicy> InForceAsync(
        ITransaction transaction,
        string region,
        DateOnly day,
        CancellationToken cancellationToken
    );
}

/// <summary>Versions of monitoring policies in the books.</summary>
public interface IPolicyStore
{
    Task<MonitoringPolicy?> FindAsync(
        ITransaction transaction,
        string region,
        int version,
        CancellationToken cancellationToken
    );

    /// <summary>All versions of a region, or of all regions, in order of region and version.</summary>
    Task<IReadOnlyList<MonitoringPolicy>> AllAsync(
        ITransaction transaction,
        string? region,
        CancellationToken cancellationToken
    );

    /// <summary>Adds the version or replaces what is known of it.</summary>
    Task SaveAsync(ITransaction transaction, MonitoringPolicy policy, CancellationToken cancellationToken);
}
