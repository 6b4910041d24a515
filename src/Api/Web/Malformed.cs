using CloudManager.Core.Kernel;

namespace CloudManager.Api.Web;

/// <summary>The call cannot be read: broken JSON, a header that is none.</summary>
internal sealed record Malformed(string Code, Bilingual Detail) : Refusal(Code, Detail);

/// <summary>Nobody is signed in, or the sign-in failed.</summary>
internal sealed record Unauthenticated(string Code, Bilingual Detail) : Refusal(Code, Detail);

/// <summary>The account takes no sign-in for a while.</summary>
internal sealed record Locked(string Code, Bilingual Detail) : Refusal(Code, Detail);
