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
public sealed record NewLine(string Item, int Quantity, Spec Spec, string? Pool = null, int? No = null);

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

    public string? Pool { get; init; }

    public string? WorkOrder { get; init; }
}
