namespace CloudManager.Core.Findings;

/// <summary>The official grounds on which a resource is a zombie (僵尸资源, art. 22) whatever was measured.</summary>
public enum ZombieGround
{
    /// <summary>脱离业务: no business runs on it any more.</summary>
    DetachedFromBusiness,

    /// <summary>可被替代: another system does what it does.</summary>
    Replaceable,

    /// <summary>长期闲置: idle for long.</summary>
    LongIdle,

    /// <summary>停止运维: nobody maintains it.</summary>
    MaintenanceStopped,

    /// <summary>使用范围小频率低: used by few and seldom.</summary>
    NarrowAndRareUse,
}

/// <summary>What the owner declared (art. 22).</summary>
/// <param name="Ground">The official ground.</param>
/// <param name="Statement">What the owner said.</param>
/// <param name="By">The account that raised it.</param>
public sealed record Declaration(ZombieGround Ground, string Statement, string By);

/// <summary>Why a finding closed.</summary>
public enum ClosingReason
{
    /// <summary>A whole window without a day that was held against it.</summary>
    CleanWindow,

    /// <summary>A stronger finding of the same subject took its place.</summary>
    Superseded,

    /// <summary>The resource is out of service.</summary>
    LeftService,

    /// <summary>It is as it should be.</summary>
    Mended,

    /// <summary>The technical department closed it.</summary>
    Decided,
}

/// <summary>How a finding closed.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Opinion">What the technical department said; null where it did not decide.</param>
/// <param name="By">The account; null for the platform.</param>
public sealed record Closing(ClosingReason Reason, string? Opinion = null, string? By = null);
