using System.Collections.Concurrent;

namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>
/// Reads a measure at the granularity that the servers' archive policies have: slots of five minutes, else what is finer
/// and makes up whole slots. What is kept more coarsely is not read: five minutes cannot be told from it.
/// </summary>
internal sealed class Granularities(IGnocchi gnocchi, int preferred)
{
    private const int None = 0;
    private readonly ConcurrentDictionary<(Measure, string), int> _known = new();
    private IReadOnlyList<int>? _offered;

    /// <summary>Whether servers were met whose metrics are kept more coarsely than slots.</summary>
    public bool FoundCoarse { get; private set; }

    public async Task<IReadOnlyList<AggregateGroup>> ReadAsync(
        Measure measure,
        IReadOnlyList<string> servers,
        SlotWindow window,
        CancellationToken token
    )
    {
        var all = new List<AggregateGroup>();
        foreach (var alike in servers.GroupBy(server => _known.GetValueOrDefault((measure, server), preferred)))
        {
            if (alike.Key != None)
            {
                var call = new AggregateCall(measure, [.. alike], window, alike.Key);
                all.AddRange(await gnocchi.AggregateAsync(call, token) ?? await OtherwiseAsync(call, token));
            }
        }

        return all;
    }

    /// <summary>Tries what else the policies have; where no granularity serves all servers, each half by itself.</summary>
    private async Task<IReadOnlyList<AggregateGroup>> OtherwiseAsync(AggregateCall call, CancellationToken token)
    {
        foreach (var other in await OfferedAsync(token))
        {
            if (
                other != call.Granularity
                && await gnocchi.AggregateAsync(call with { Granularity = other }, token) is { } groups
            )
            {
                Learn(call, other);
                return groups;
            }
        }

        if (call.Servers.Count == 1)
        {
            Learn(call, None);
            FoundCoarse = true;
            return [];
        }

        var half = call.Servers.Count / 2;
        return
        [
            .. await HalfAsync(call with { Servers = [.. call.Servers.Take(half)] }, token),
            .. await HalfAsync(call with { Servers = [.. call.Servers.Skip(half)] }, token),
        ];
    }

    private async Task<IReadOnlyList<AggregateGroup>> HalfAsync(AggregateCall call, CancellationToken token) =>
        await gnocchi.AggregateAsync(call, token) ?? await OtherwiseAsync(call, token);

    private void Learn(AggregateCall call, int granularity)
    {
        foreach (var server in call.Servers)
        {
            _known[(call.Measure, server)] = granularity;
        }
    }

    /// <summary>What makes up whole slots, the coarsest first: it is kept longest.</summary>
    private async Task<IReadOnlyList<int>> OfferedAsync(CancellationToken token) =>
        _offered ??= [
            .. (await gnocchi.GranularitiesAsync(token))
                .Append(SlotWindow.Seconds)
                .Where(seconds => seconds > 0 && SlotWindow.Seconds % seconds == 0)
                .Distinct()
                .OrderDescending(),
        ];
}
