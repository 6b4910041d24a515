using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using CloudManager.Adapters.Relay;
using CloudManager.Adapters.Relay.Queue;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Pools;

/// <summary>Whether a pool answers, asked at most every half minute so that looking never presses a cloud.</summary>
internal sealed class PoolHealth(IPools pools, MappingHealth mapping, PoolRelays relays, MachineClock clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<PoolId, HealthView> _seen = new();

    public async Task<HealthView> OfAsync(Pool pool, CancellationToken cancellationToken) =>
        await SeenAsync(pool, cancellationToken) with
        {
            // As they are now: asking presses no cloud.
            Agents = relays.Find(pool.Id.Value)?.Agents,
        };

    private async Task<HealthView> SeenAsync(Pool pool, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(pool.Id, out var seen) && clock.Now - seen.CheckedAt < Fresh)
        {
            return seen;
        }

        var failure = await AskAsync(pool.Id, cancellationToken);
        var faults = failure is null ? await mapping.OfAsync(pool, cancellationToken) : seen?.MappingFaults ?? [];
        var malfunction = pools.Malfunction(pool.Id);
        return _seen[pool.Id] = malfunction is null
            ? HealthView.Of(failure, faults, clock.Now)
            : HealthView.Of(malfunction, faults, clock.Now);
    }

    /// <summary>What was seen before no longer tells anything.</summary>
    public void Forget(PoolId id) => _seen.TryRemove(id, out _);

    /// <summary>Why the pool does not let the platform in; null where it does.</summary>
    private async Task<AdapterException?> AskAsync(PoolId id, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await pools.Open(id).CheckAsync(patience.Token);
            return null;
        }
        catch (AdapterException failure)
        {
            return failure;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = Patience.TotalSeconds;
            return new AdapterException(FailureKind.Unavailable, $"No answer came within {seconds} seconds.");
        }
    }
}

/// <summary>What a pool said last.</summary>
/// <param name="Answers">Whether it let the platform in.</param>
/// <param name="Reason">The kind of failure, or <c>malfunctioned</c>; null if it answers.</param>
/// <param name="CheckedAt">When it was asked, machine time.</param>
/// <param name="Detail">Why it does not let the platform in, in words; null if it answers, and for tenants and other providers.</param>
/// <param name="RequestId">The cloud's own request id; null where it gave none.</param>
/// <param name="MappingFaults">What the pool's mapping leads to and its cloud does not have.</param>
internal sealed record HealthView(
    bool Answers,
    string? Reason,
    DateTimeOffset CheckedAt,
    string? Detail,
    string? RequestId,
    IReadOnlyList<MappingFault> MappingFaults
)
{
    /// <summary>The site agents (现场代理) that serve the pool, the newest first; null for a pool that is reached directly.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AgentStanding>? Agents { get; init; }

    public static HealthView Of(AdapterException? failure, IReadOnlyList<MappingFault> faults, DateTimeOffset at) =>
        failure is null
            ? new(true, null, at, null, null, faults)
            : new(false, Words.Camel(failure.Kind), at, InWords(failure), failure.ProviderRequestId, faults);

    /// <summary>The adapter itself is at fault, whatever its cloud would say.</summary>
    public static HealthView Of(PoolMalfunction malfunction, IReadOnlyList<MappingFault> faults, DateTimeOffset at) =>
        new(false, "malfunctioned", at, malfunction.Reason.ToString(), null, faults);

    /// <summary>
    /// What the caller may know: why a pool does not answer names addresses, accounts and projects of its provider, which
    /// are neither for tenants nor for other providers.
    /// </summary>
    public HealthView For(Actor actor, Pool pool) =>
        actor.Organisation?.Kind switch
        {
            OrganisationKind.Provider when actor.Organisation.Code == pool.Provider => this,
            OrganisationKind.Authority or OrganisationKind.TechnicalDepartment or null => this,
            _ => this with { Detail = null, RequestId = null, MappingFaults = [], Agents = null },
        };

    private static string InWords(AdapterException failure)
    {
        var words = failure.Kind switch
        {
            FailureKind.Unauthenticated => new Bilingual("凭据不被接受", "the credentials are not accepted"),
            FailureKind.Forbidden => new Bilingual("凭据无权访问", "the credentials are not allowed in"),
            FailureKind.NotFound => new Bilingual("云平台缺少所需的服务或区域", "a service or region is missing"),
            FailureKind.InvalidRequest => new Bilingual("资源池设置有误", "the pool's settings are wrong"),
            FailureKind.Unsupported => new Bilingual("云平台不支持", "the cloud cannot do it"),
            FailureKind.Throttled => new Bilingual("调用过于频繁", "too many calls"),
            _ => new Bilingual("云平台无法访问", "the cloud cannot be reached"),
        };
        var code = failure.ProviderCode is { } given ? $" [{given}]" : "";
        return $"{words}: {failure.Message}{code}";
    }
}
