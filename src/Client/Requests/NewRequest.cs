using System.Text.Json;

namespace CloudManager.Client.Requests;

/// <summary>A request (申请) as a tenant writes it.</summary>
/// <param name="Pool">The default of its lines.</param>
public sealed record NewRequest(
    string Type,
    string System,
    string Reason,
    IReadOnlyList<NewLine> Lines,
    string? Pool = null
);

/// <summary>One line as it is asked for.</summary>
/// <param name="Item">The catalogue item; null for a line about a resource.</param>
/// <param name="Quantity">How many; null for a line about a resource.</param>
/// <param name="Spec">What exactly; of a resource, what it shall become (art. 20).</param>
/// <param name="Resource">The resource in service to change or end (art. 20, 21).</param>
/// <param name="Remove">Whether it is removed.</param>
/// <param name="To">The server or network in service that what is added goes to.</param>
public sealed record NewLine(
    string? Item,
    int? Quantity,
    Spec? Spec,
    string? Pool = null,
    int? No = null,
    string? Resource = null,
    bool? Remove = null,
    string? To = null
);

/// <summary>What a step takes along; the platform refuses what the step does not use.</summary>
public sealed record StepInput
{
    public static StepInput Nothing { get; } = new();

    /// <summary>An opinion alone.</summary>
    public static StepInput Saying(string opinion) => new() { Opinion = opinion };

    /// <summary>Lines alone.</summary>
    public static StepInput With(IReadOnlyList<NewLine> lines) =>
        new() { Lines = JsonSerializer.SerializeToElement(lines, WireRules.Json) };

    public string? Opinion { get; init; }

    /// <summary>The summary of the test report (测试报告).</summary>
    public string? Summary { get; init; }

    /// <summary>The lines as JSON, so that the platform, not the client, says what is wrong with them.</summary>
    public JsonElement? Lines { get; init; }

    /// <summary>The day the provider completed the order, as the tenant confirms it (art. 40).</summary>
    public DateOnly? CompletedOn { get; init; }

    /// <summary>The day on which service ended, as the tenant confirms it (art. 40).</summary>
    public DateOnly? EndedOn { get; init; }

    public string? Pool { get; init; }

    public string? WorkOrder { get; init; }
}
