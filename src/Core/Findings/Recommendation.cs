using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings;

/// <summary>What to do instead (art. 22): another size, or none at all.</summary>
/// <param name="Spec">The size that would serve; null to give the resource back.</param>
/// <param name="MonthlySaving">Yuan a month at the contract price in force, two places; negative where it costs more; null
/// where no price is in force.</param>
/// <param name="Reasons">Why, in words.</param>
public sealed record Recommendation(Spec? Spec, decimal? MonthlySaving, IReadOnlyList<Bilingual> Reasons);

/// <summary>A server in service with its use over a window that has enough data.</summary>
public sealed record MeasuredServerUse(Resource Server, ServerUse Use);

/// <summary>Finds right sizes (art. 22). Never asked about, and never answering from, missing data.</summary>
public interface IRightSizes
{
    /// <summary>
    /// The smallest size on offer in the server's pool that serves p95 and weekly peak under the target; servers whose
    /// size is right already, or that no size serves, are not in the answer.
    /// </summary>
    Task<IReadOnlyDictionary<ResourceId, Recommendation>> OfAsync(
        IReadOnlyList<MeasuredServerUse> servers,
        PolicyNumbers numbers,
        CancellationToken cancellationToken
    );

    /// <summary>What giving these back saves a month.</summary>
    Task<IReadOnlyDictionary<ResourceId, Recommendation>> GivenBackAsync(
        IReadOnlyList<Resource> resources,
        CancellationToken cancellationToken
    );
}
