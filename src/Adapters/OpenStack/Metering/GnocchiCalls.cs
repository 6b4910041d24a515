using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>Asks the pool's Gnocchi and Nova.</summary>
internal sealed class GnocchiCalls(CloudDoor door) : IGnocchi
{
    // What Gnocchi names as the cause or reason of a refusal: https://github.com/gnocchixyz/gnocchi, rest/aggregates/api.py
    private const string MetricsMissing = "Metrics not found";
    private const string TypeMissing = "Resource type does not exist";
    private const string GranularityMissing = "Granularities are missing";

    /// <summary>The most that Gnocchi gives in one answer unless told otherwise.</summary>
    private const int Page = 1_000;

    /// <summary>Histories are asked for in small groups, so that they fit a page.</summary>
    private const int HistoriesAtOnce = 20;

    public async Task<IReadOnlyList<AggregateGroup>?> AggregateAsync(AggregateCall call, CancellationToken token)
    {
        try
        {
            return await door.CallAsync<IGnocchiApi, List<AggregateGroup>>(
                "metric",
                api => api.AggregateAsync(call.Body, call.Range, call.Measure.GroupBy, token),
                token
            );
        }
        catch (AdapterException refused) when (refused.ProviderCode is MetricsMissing or TypeMissing)
        {
            return [];
        }
        catch (AdapterException refused) when (refused.ProviderCode is GranularityMissing)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<InstanceRevision>> InstancesAsync(
        IReadOnlyList<string> ids,
        bool history,
        CancellationToken token
    )
    {
        var all = new List<InstanceRevision>();
        foreach (var some in ids.Chunk(history ? HistoriesAtOnce : Page))
        {
            var search = new Dictionary<string, object> { ["in"] = new Dictionary<string, object> { ["id"] = some } };
            all.AddRange(
                await door.CallAsync<IGnocchiApi, List<InstanceRevision>>(
                    "metric",
                    api => api.SearchAsync(search, history, Page, token),
                    token
                )
            );
        }

        return all;
    }

    public async Task<IReadOnlyList<int>> GranularitiesAsync(CancellationToken token)
    {
        var policies = await door.CallAsync<IGnocchiApi, List<ArchivePolicy>>(
            "metric",
            api => api.PoliciesAsync(token),
            token
        );
        return [.. policies.SelectMany(p => p.Definition).Select(d => d.Seconds).OfType<int>().Distinct()];
    }

    public async Task<FlavourSize?> FlavourAsync(string id, CancellationToken token)
    {
        try
        {
            var answer = await door.CallAsync<IFlavourSizesApi, FlavourAnswer>(
                "compute",
                api => api.ShowAsync(id, token),
                token
            );
            return answer.Flavour;
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.NotFound)
        {
            return null;
        }
    }
}
