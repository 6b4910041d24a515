using CloudManager.Client.Metering;
using Refit;

namespace CloudManager.Client.Requests;

/// <summary>The advice from a test's measurements (art. 19).</summary>
public interface IAdviceApi
{
    [Get("/api/v1/requests/{id}/advice")]
    Task<Advice> OfRequestAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Which sizes the measurements of the test speak for.</summary>
/// <param name="Verdict">determined, notApplicable or insufficientData.</param>
/// <param name="Target">The use that p95 shall stay under, as the policy says.</param>
public sealed record Advice(
    string Request,
    string Verdict,
    Window Window,
    decimal Target,
    IReadOnlyList<AdviceLine> Lines
);

/// <summary>The advice on one line.</summary>
/// <param name="Recommended">The smallest size under the target; null if there is no advice.</param>
public sealed record AdviceLine(
    int No,
    string Item,
    string Pool,
    int Quantity,
    Spec Spec,
    Spec? Recommended,
    string Verdict,
    IReadOnlyList<Bilingual> Reasons,
    MetricUse? Cpu = null,
    MetricUse? Memory = null
);
