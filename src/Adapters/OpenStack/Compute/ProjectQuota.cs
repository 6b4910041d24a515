using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>
/// Nova says 403 both to what its policy forbids and to what exceeds the quota. Which it was, the project's limits
/// tell: nobody reads the words.
/// </summary>
internal sealed class ProjectQuota(CloudDoor door)
{
    public async Task<AbsoluteLimits> GetAsync(CancellationToken token) =>
        (
            await door.CallAsync<INovaOffersApi, LimitsAnswer>(
                CloudServices.Compute,
                api => api.GetLimitsAsync(token),
                token
            )
        )
            .Limits
            .Absolute;

    /// <summary>The refusal as it was meant.</summary>
    /// <param name="refusal">What Nova answered.</param>
    /// <param name="flavour">The size asked for.</param>
    /// <param name="before">The size there was; null for a new server.</param>
    /// <param name="token">Ends the call.</param>
    public async Task<AdapterException> ExplainAsync(
        AdapterException refusal,
        FlavourBody flavour,
        EmbeddedFlavour? before,
        CancellationToken token
    )
    {
        var limits = await GetAsync(token);
        string?[] exceeded =
        [
            Exceeds("servers", limits.Servers, limits.ServersUsed, before is null ? 1 : 0),
            Exceeds("vCPU", limits.Cores, limits.CoresUsed, flavour.Vcpus - (before?.Vcpus ?? 0)),
            Exceeds("MiB of memory", limits.Memory, limits.MemoryUsed, flavour.Ram - (before?.Ram ?? 0)),
        ];
        var used = string.Join(", ", exceeded.OfType<string>());
        return used.Length == 0
            ? refusal
            : new AdapterException(
                FailureKind.QuotaExceeded,
                $"The project's quota is used up: {used}. {refusal.Message}"
            )
            {
                ProviderCode = refusal.ProviderCode,
                ProviderRequestId = refusal.ProviderRequestId,
            };
    }

    private static string? Exceeds(string what, long most, long used, long more) =>
        most >= 0 && more > 0 && used + more > most
            ? $"{used} of {most} {what} are used, {more} more are asked for"
            : null;
}
