using System.Text.Json.Serialization;
using CloudManager.Api.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Findings;

/// <param name="Id">Its number.</param>
/// <param name="Kind">What sort of finding.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Detail">What exactly is so.</param>
/// <param name="Window">The days it was judged over; null for what shows at once.</param>
/// <param name="Evidence">What the books say beside what the cloud shows, and the numbers with their thresholds.</param>
/// <param name="PolicyVersion">The policy it was judged by; null where none is needed.</param>
/// <param name="Recommendation">What to do instead; null where nothing is recommended.</param>
/// <param name="State">Whether it is still so.</param>
/// <param name="OpenedAt">When it was first seen.</param>
/// <param name="ClosedAt">When it was no longer so.</param>
/// <param name="LastSeenAt">When it was last seen.</param>
internal sealed record FindingView(
    string Id,
    FindingKind Kind,
    FindingSubjectView Subject,
    FindingDetail? Detail,
    FindingWindowView? Window,
    Evidence Evidence,
    string? PolicyVersion,
    RecommendationView? Recommendation,
    FindingState State,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset LastSeenAt
)
{
    /// <summary>What the kind is called.</summary>
    public required Bilingual Title { get; init; }

    public string? Tenant { get; init; }

    public string? System { get; init; }

    public required string Region { get; init; }

    /// <summary>The day of the last judgement by which it held; null for what is not judged by use.</summary>
    public DateOnly? LastHeldOn { get; init; }

    /// <summary>On what the technical department raised it; absent where the platform found it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DeclarationView? Declaration { get; init; }

    /// <summary>How it closed; absent while it is open, and for the inventory's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClosingView? Closing { get; init; }

    public static FindingView Of(Finding finding) =>
        new(
            finding.Id.ToString(),
            finding.Kind,
            new(finding.Subject.Kind, finding.Subject.Id, finding.Subject.Pool?.Value, finding.Subject.Name),
            finding.Detail,
            finding.Window is { } window ? new(window.From, window.Until) : null,
            finding.Evidence,
            finding.Policy,
            RecommendationView.Of(finding.Recommendation),
            finding.State,
            finding.OpenedAt,
            finding.ClosedAt,
            finding.LastSeenAt
        )
        {
            Title = RuleWords.Of(finding.Kind),
            Tenant = finding.Scope.Tenant,
            System = finding.Scope.System,
            Region = finding.Scope.Region,
            LastHeldOn = finding.LastHeldOn,
            Declaration = finding.Declaration is { } declared
                ? new(declared.Ground, RuleWords.Of(declared.Ground), declared.Statement, declared.By)
                : null,
            Closing = finding.Closing is { } closing
                ? new(closing.Reason, RuleWords.Of(closing.Reason), closing.Opinion, closing.By)
                : null,
        };
}

/// <param name="Kind">The kind of thing.</param>
/// <param name="Id">Its number in the books; the cloud's identifier for what they do not know; a system's code.</param>
/// <param name="Pool">Where it is; null for a system.</param>
/// <param name="Name">Its name.</param>
internal sealed record FindingSubjectView(SubjectKind Kind, string Id, string? Pool, string Name);

/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last.</param>
internal sealed record FindingWindowView(DateOnly From, DateOnly Until);

/// <param name="Spec">The size that would serve; null to give the resource back.</param>
/// <param name="MonthlySaving">Yuan a month; negative where it costs more; null where no price is in force.</param>
/// <param name="Reasons">Why.</param>
internal sealed record RecommendationView(Spec? Spec, string? MonthlySaving, IReadOnlyList<Bilingual> Reasons)
{
    public static RecommendationView? Of(Recommendation? recommendation) =>
        recommendation is null
            ? null
            : new(
                recommendation.Spec,
                recommendation.MonthlySaving is { } saving ? Yuan.Amount(saving) : null,
                recommendation.Reasons
            );
}

/// <param name="Ground">The official ground.</param>
/// <param name="Words">What it is called.</param>
/// <param name="Statement">What the owner said.</param>
/// <param name="By">The account that raised it.</param>
internal sealed record DeclarationView(ZombieGround Ground, Bilingual Words, string Statement, string By);

/// <param name="Reason">Why it closed.</param>
/// <param name="Words">What that is called.</param>
/// <param name="Opinion">What the technical department said; null where it did not decide.</param>
/// <param name="By">The account; null for the platform.</param>
internal sealed record ClosingView(ClosingReason Reason, Bilingual Words, string? Opinion, string? By);

/// <param name="Window">The days.</param>
/// <param name="Days">One each; empty for what is not measured.</param>
/// <param name="Thresholds">The numbers in percent with their thresholds.</param>
internal sealed record FindingDaysView(
    FindingWindowView Window,
    IReadOnlyList<FindingDay> Days,
    IReadOnlyList<JudgedNumber> Thresholds
);

/// <summary>What raises a zombie on the owner's declaration.</summary>
/// <param name="Kind">zombie: nothing else is declared.</param>
/// <param name="Resource">The server's number.</param>
/// <param name="Ground">The official ground.</param>
/// <param name="Statement">What the owner said.</param>
internal sealed record RaiseBody(FindingKind Kind, string Resource, ZombieGround Ground, string Statement);

/// <param name="Opinion">Why it is closed.</param>
internal sealed record CloseBody(string Opinion);
