namespace CloudManager.Core.Organisations;

/// <summary>The seven kinds of organisation (单位, art. 5–10). Each action belongs to one kind.</summary>
public enum OrganisationKind
{
    /// <summary>云主管部门 (art. 5).</summary>
    Authority,

    /// <summary>云技术保障部门 (art. 6).</summary>
    TechnicalDepartment,

    /// <summary>云使用单位 (art. 7).</summary>
    Tenant,

    /// <summary>云服务商 (art. 9).</summary>
    Provider,

    /// <summary>综合服务机构 (art. 8).</summary>
    ServiceAgency,

    /// <summary>财政厅 (art. 10).</summary>
    Finance,

    /// <summary>审计厅 (art. 22).</summary>
    Audit,
}

/// <summary>Organisation (单位, art. 5–10) of one kind in one region.</summary>
/// <param name="Code">Its code, unique, e.g. <c>tenant-a</c>.</param>
/// <param name="Name">The name people see.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Region">The code of its region: the province or a 市州.</param>
public sealed record Organisation(string Code, string Name, OrganisationKind Kind, string Region);

/// <summary>Region (行政区划, art. 14, 43): the province or one of its 市州.</summary>
/// <param name="Code">The GB/T 2260 code, six digits.</param>
/// <param name="Name">The name people see.</param>
/// <param name="Parent">The region it belongs to; null for the province.</param>
public sealed record Region(string Code, string Name, string? Parent);
