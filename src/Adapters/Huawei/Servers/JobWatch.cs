using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>
/// Jobs under way on servers, so that a failure is told in the cloud's words: the server itself shows none. Only for
/// words: nothing depends on what is remembered here, and a restart forgets it.
/// </summary>
internal sealed class JobWatch(Jobs jobs)
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<NativeId, Watched> _watched = new();

    /// <summary>Remembers that this job works on the server.</summary>
    public void Begin(NativeId server, Watched job)
    {
        if (_watched.Count >= Most)
        {
            _watched.Clear();
        }

        _watched[server] = job;
    }

    /// <summary>What is under way on the server; null where nothing is known of.</summary>
    public Watched? On(NativeId server) => _watched.GetValueOrDefault(server);

    public void End(NativeId server) => _watched.TryRemove(server, out _);

    /// <summary>Why the job failed; null where it has not. One that is over or forgotten is watched no more.</summary>
    public async Task<AdapterException?> FailureAsync(Watched job, CancellationToken token)
    {
        var outcome = await jobs.LookAsync(CloudServices.Ecs, job.Job, token);
        if (outcome is null or { IsOver: true, Failure: null })
        {
            End(job.Server.Id);
        }

        return outcome?.Failure;
    }

    /// <summary>Whether the job still runs.</summary>
    public async Task<bool> RunsAsync(Watched job, CancellationToken token) =>
        await jobs.LookAsync(CloudServices.Ecs, job.Job, token) is { IsOver: false };
}

/// <summary>A job on a server.</summary>
/// <param name="Job">Its id.</param>
/// <param name="Server">The server as it was when the job began.</param>
/// <param name="Flavour">The size it shall have; null for a new server.</param>
internal sealed record Watched(string Job, CloudServer Server, string? Flavour);
