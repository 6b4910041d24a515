namespace CloudManager.Client;

/// <summary>The platform said no, or could not do it: what its problem details (RFC 9457) say.</summary>
public sealed class ApiRefusedException(Problem problem) : Exception($"{problem.Code}: {problem.DetailEn}")
{
    /// <summary>The HTTP status.</summary>
    public int Status => problem.Status;

    /// <summary>The stable code that programs act on.</summary>
    public string Code => problem.Code;

    public Bilingual Detail => new(problem.Detail, problem.DetailEn);

    /// <summary>The fields at fault.</summary>
    public IReadOnlyList<FieldFault> Errors => problem.Errors;

    /// <summary>The id that the platform's logs carry too; null if it gave none.</summary>
    public string? TraceId => problem.TraceId;
}

/// <summary>The platform did not answer: no connection, a broken one, or none in time.</summary>
public sealed class ApiUnreachableException(Uri server, string reason)
    : Exception($"{server.GetLeftPart(UriPartial.Authority)}: {reason}")
{
    public string Server { get; } = server.GetLeftPart(UriPartial.Authority);

    /// <summary>What happened, in the system's words.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Problem details (RFC 9457) as the platform writes them.</summary>
public sealed record Problem(int Status, string Code, string Detail, string DetailEn)
{
    public IReadOnlyList<FieldFault> Errors { get; init; } = [];

    public string? TraceId { get; init; }
}

/// <summary>One field at fault.</summary>
/// <param name="Value">What stands there; null if nothing does or it is not repeated.</param>
/// <param name="Expected">In Chinese.</param>
public sealed record FieldFault(string Path, string? Value, string Expected, string ExpectedEn, string? Code = null);
