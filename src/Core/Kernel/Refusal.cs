namespace CloudManager.Core.Kernel;

/// <summary>
/// An expected no. The code is stable and is what programs act on; the detail is for people, in Chinese and English.
/// The base class alone decides the HTTP status.
/// </summary>
public abstract record Refusal(string Code, Bilingual Detail)
{
    /// <summary>The fields at fault, if the refusal is about input.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];
}

/// <summary>What was named does not exist, or the caller may not know that it does.</summary>
public record NotFound(string Code, Bilingual Detail) : Refusal(Code, Detail);

/// <summary>The state of things does not allow it now.</summary>
public record Conflict(string Code, Bilingual Detail) : Refusal(Code, Detail);

/// <summary>The input is understood and cannot be right.</summary>
public record Invalid(string Code, Bilingual Detail) : Refusal(Code, Detail);

/// <summary>This caller may not do it.</summary>
public record Forbidden(string Code, Bilingual Detail) : Refusal(Code, Detail);

/// <summary>The subject was changed since the caller read it.</summary>
public record Stale(string Code, Bilingual Detail) : Refusal(Code, Detail);

/// <summary>One field of the input that cannot be right.</summary>
/// <param name="Path">Where, e.g. <c>lines[0].spec.vcpus</c>.</param>
/// <param name="Value">What stands there; null where something is missing.</param>
/// <param name="Expected">What would be right.</param>
/// <param name="Code">A stable code where the field's fault has a rule of its own.</param>
public sealed record FieldFault(string Path, string? Value, Bilingual Expected, string? Code = null)
{
    /// <summary>The capability of the pool that it is about; null where it is about none.</summary>
    public string? Capability { get; init; }

    /// <summary>The pool's limit that it is about; null where it is about none.</summary>
    public int? Limit { get; init; }
}

/// <summary>A text for people in Simplified Chinese and English.</summary>
public sealed record Bilingual(string Zh, string En)
{
    public static implicit operator Bilingual((string Zh, string En) text) => new(text.Zh, text.En);

    public override string ToString() => $"{Zh} / {En}";
}
