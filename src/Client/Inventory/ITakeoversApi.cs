using System.Text.Json;
using CloudManager.Client.Requests;
using Refit;

namespace CloudManager.Client.Inventory;

/// <summary>Taking over what was found in a pool (纳管, art. 14).</summary>
public interface ITakeoversApi
{
    [Post("/api/v1/takeovers")]
    Task<Request> CreateAsync([Body] JsonElement body, CancellationToken cancellationToken);

    /// <summary>A CSV file; with <paramref name="dryRun"/> nothing is written and each row says what it would do.</summary>
    [Post("/api/v1/takeovers/import")]
    Task<TakeoverImport> ImportAsync([Body] HttpContent file, bool dryRun, CancellationToken cancellationToken);
}

/// <summary>What a file did, or would do.</summary>
/// <param name="Faults">Everything that is wrong, by line.</param>
/// <param name="Requests">The requests that were made, one per system.</param>
public sealed record TakeoverImport(
    bool DryRun,
    IReadOnlyList<TakeoverRow> Rows,
    IReadOnlyList<FieldFault> Faults,
    IReadOnlyList<string> Requests
);

/// <summary>What a row would do.</summary>
/// <param name="MonthlyPrice">Yuan for a whole month; null if the row has faults.</param>
public sealed record TakeoverRow(
    int Line,
    string Pool,
    string NativeId,
    string System,
    string Item,
    string Paper,
    IReadOnlyList<TakenThing> Taken,
    string? MonthlyPrice,
    IReadOnlyList<FieldFault> Faults
);

/// <summary>A server, volume or public address that would be taken over.</summary>
public sealed record TakenThing(string Kind, string NativeId, string Name, string Item, Spec Spec, string MonthlyPrice);
