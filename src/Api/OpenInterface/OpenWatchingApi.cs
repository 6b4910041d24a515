using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Api.OpenInterface;

/// <summary>What this provider is, what is on offer, and what is measured, for the client's own things only.</summary>
internal static class OpenWatchingApi
{
    private const int MostServers = 1000;

    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder api, OpenDoor door)
    {
        api.MapGet("", door.Answer(DescribeAsync));
        api.MapGet("/images", Offer(door, it => it.Id, (offerings, token) => offerings.ListImagesAsync(token)));
        api.MapGet(
            "/flavours",
            Offer(door, it => it.Flavour, (offerings, token) => offerings.ListFlavoursAsync(token))
        );
        api.MapGet(
            "/volume-types",
            Offer(door, it => it.Type, (offerings, token) => offerings.ListVolumeTypesAsync(token))
        );
        api.MapGet("/server-changes", door.Answer(ChangesAsync));
        api.MapPost("/usage/query", door.Answer(UsageAsync));
        api.MapGet(
            "/capacity",
            door.Answer((pool, _, token) => pool.Need(pool.Cloud.Capacity, OpenPaths.Capacity).GetAsync(token))
        );
    }

    /// <summary>Asks the cloud first: who describes it must reach it.</summary>
    private static async Task<ProviderDescription> DescribeAsync(
        ClientPool pool,
        HttpContext http,
        CancellationToken token
    )
    {
        await pool.Cloud.CheckAsync(token);
        var info = pool.Cloud.Info;
        return new ProviderDescription(
            ProviderDescription.Name,
            ProviderDescription.Spoken,
            new CloudName($"CloudManager · {info.Kind}", info.CloudVersion.Length == 0 ? null : info.CloudVersion),
            pool.Capabilities.ToDictionary(it => it.Name, it => new ServiceOffer(it.Available, Short(it.Reason))),
            new ProviderLimits
            {
                LargestVolumeGiB = info.Limits.LargestVolumeGiB,
                ResizeNeedsStop = info.Limits.ResizeNeedsStop,
                SettleSeconds = (int)Math.Clamp(Math.Ceiling(info.Limits.SettleTime.TotalSeconds), 0, 600),
                WithoutToken = CreatedKinds.WithoutToken(info.Limits),
                BandwidthIsFixed = info.Limits.BandwidthIsFixed,
                PageSize = Snapshots.PageSize,
                ServersPerUsageQuery = MostServers,
            }
        );
    }

    private static RequestDelegate Offer<T>(
        OpenDoor door,
        Func<T, string> id,
        Func<IOfferings, CancellationToken, IAsyncEnumerable<T>> list
    ) =>
        door.Answer(
            (pool, http, token) =>
            {
                var offerings = pool.Need(pool.Cloud.Offerings, OpenPaths.Offerings);
                var name = pool.Scope(typeof(T).Name).ToString();
                return pool.Snapshots.PageAsync(http, name, () => list(offerings, token), id, token);
            }
        );

    /// <summary>The client's servers that the cloud says changed, and those that ended since, as the books know.</summary>
    private static async Task<PageOf<ServerChange>> ChangesAsync(
        ClientPool pool,
        HttpContext http,
        CancellationToken token
    )
    {
        var changes = pool.Need(pool.Cloud.Changes, OpenPaths.Changes);
        if (!DateTimeOffset.TryParse(http.Request.Query["since"].ToString(), out var since))
        {
            throw OpenDoor.Invalid("since: an instant in ISO 8601");
        }

        var things = await pool.Ledger.ListAsync(pool.Scope(OpenPaths.Servers), null, token);
        var own = things.Where(it => it.NativeId is not null).ToLookup(it => it.NativeId!.Value);
        var shown = changes
            .ListAsync(since, token)
            .Where(change => own.Contains(change.Id))
            .Select(change => Under(change, own[change.Id].Last().Key));
        var name = $"{pool.Scope(OpenPaths.ServerChanges)}/{since:O}";
        return await pool.Snapshots.PageAsync(http, name, () => shown, it => it.Id.Value, token);
    }

    private static ServerChange Under(ServerChange change, string key) =>
        change with
        {
            Server = change.Server is { } server ? server with { Key = new OperationKey(key) } : null,
        };

    private static async Task<PageOf<UsageSeries>> UsageAsync(
        ClientPool pool,
        HttpContext http,
        CancellationToken token
    )
    {
        var question = await OpenDoor.BodyAsync<UsageQuestion>(http, token);
        if (question.Servers.Count > MostServers || question.Until - question.From > TimeSpan.FromDays(1))
        {
            throw OpenDoor.Invalid($"servers: at most {MostServers}; from to until: at most one day");
        }

        var asked = question.Servers.Where(OpenWire.IsId).Select(it => new NativeId(it)).ToList();
        var own = await pool.Ledger.ListAsync(pool.Scope(OpenPaths.Servers), asked, token);
        List<NativeId> servers = [.. own.Where(it => it.EndedAt is null).Select(it => it.NativeId!.Value).Distinct()];
        var samples = new List<UsageSample>();
        if (servers.Count > 0)
        {
            var usage = pool.Need(pool.Cloud.Usage, OpenPaths.Usage);
            await foreach (var batch in usage.ReadAsync(servers, question.From, question.Until, token))
            {
                samples.AddRange(batch);
            }
        }

        return new PageOf<UsageSeries>([.. Runs(samples)], null);
    }

    /// <summary>One series for each run of consecutive slots of a server.</summary>
    private static IEnumerable<UsageSeries> Runs(List<UsageSample> samples)
    {
        var ordered = samples.OrderBy(it => it.Server.Value, StringComparer.Ordinal).ThenBy(it => it.Slot).ToList();
        for (var first = 0; first < ordered.Count; )
        {
            var next = first + 1;
            while (
                next < ordered.Count
                && ordered[next].Server == ordered[first].Server
                && ordered[next].Slot == ordered[next - 1].Slot + Slot
            )
            {
                next++;
            }

            yield return Series(ordered[first..next]);
            first = next;
        }
    }

    private static UsageSeries Series(List<UsageSample> run) =>
        new()
        {
            Server = run[0].Server.Value,
            From = run[0].Slot,
            CpuPercent = [.. run.Select(it => it.CpuPercent)],
            MemoryPercent = [.. run.Select(it => it.MemoryPercent)],
            DiskPercent = [.. run.Select(it => it.DiskPercent)],
            NetworkInBytes = [.. run.Select(it => it.NetworkInBytes)],
            NetworkOutBytes = [.. run.Select(it => it.NetworkOutBytes)],
        };

    private static string? Short(string? reason) => reason is { Length: > 300 } ? reason[..300] : reason;
}
