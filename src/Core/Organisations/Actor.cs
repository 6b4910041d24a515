using CloudManager.Core.Kernel;

namespace CloudManager.Core.Organisations;

/// <summary>
/// What an account may be beside its organisation. Platform staff follow 三员分立: system, security and audit
/// administrator are never one account with two of them, and decide nothing of the regulation's procedures.
/// </summary>
public enum Role
{
    /// <summary>经办人: acts for the organisation.</summary>
    Officer,

    /// <summary>系统管理员: organisations, accounts, pools.</summary>
    Sysadmin,

    /// <summary>安全管理员: locks, sessions, grants.</summary>
    Secadmin,

    /// <summary>审计管理员: reads the audit trail.</summary>
    Auditadmin,
}

/// <summary>Who is acting: an account, the organisation it acts for, and where it acts from.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Organisation">Its organisation; null for platform staff.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Origin">Where the call came from.</param>
public sealed record Actor(string Account, Organisation? Organisation, IReadOnlyList<Role> Roles, Origin Origin)
{
    /// <summary>The province's region sees all regions; others see their own.</summary>
    public bool SeesAllRegions { get; init; }

    /// <summary>Whether all it may do is set a password of its own.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Whether it acts for an organisation of this kind.</summary>
    public bool Is(OrganisationKind kind) => Organisation?.Kind == kind;

    public bool Has(Role role) => Roles.Contains(role);
}
