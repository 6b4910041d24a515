using System.Reflection;
using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;
using CloudManager.Agent.Calls;
using CloudManager.Agent.Declaration;
using CloudManager.Agent.Links;
using CloudManager.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace CloudManager.Agent;

/// <summary>
/// The site agent (现场代理, art. 16): runs at a provider's site with the pool's adapter and its secrets, fetches the
/// platform's calls over HTTPS and delivers what they answer. Nothing calls into the site, and no secret of the cloud
/// leaves it.
/// </summary>
public sealed class SiteAgent : IAsyncDisposable
{
    private readonly AgentJournal _journal;
    private readonly HttpClient _http;
    private readonly HostedPools _pools;
    private readonly IReadOnlyList<PoolLink> _links;
    private readonly IReadOnlyList<PoolAtSite> _sites;

    private SiteAgent(AgentSettings settings, DeclaredAdapters adapters, AgentJournal journal, AgentSurroundings around)
    {
        var logger = around.Loggers.CreateLogger<SiteAgent>();
        var time = new FollowedTime(around.MachineTime);
        var context = new HostingContext(
            Path.GetDirectoryName(settings.Adapters)!,
            time,
            new MachineClock(around.MachineTime),
            around.Loggers
        );
        _journal = journal;
        _http = Transport.Create(settings);
        _pools = new HostedPools(adapters.Pools, adapters.Factories, context);
        _sites =
        [
            .. adapters
                .Pools.Where(pool => settings.Pools.ContainsKey(pool.Id.Value))
                .Select(pool => new PoolAtSite(pool, _pools, time, logger)),
        ];
        var me = new AgentIdentity(settings.Name, journal.Identity, Guid.NewGuid().ToString("N"), Version);
        var habits = new AgentHabits(me, settings.Concurrency, around.PollFor, around.MachineTime);
        _links = [.. settings.Platforms.SelectMany(platform => _sites, Link)];

        PoolLink Link(Uri platform, PoolAtSite site) =>
            new(
                new PlatformDoor(_http, platform, site.Id, settings.Pools[site.Id], around.MachineTime),
                site,
                journal,
                habits,
                logger
            );
    }

    /// <summary>The product's version, as the platform shows it.</summary>
    public static string Version { get; } =
        typeof(SiteAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Reads what the settings lead to and takes the journal. Nothing is sent yet.</summary>
    /// <exception cref="AgentFileException">agent.json names what is not there, or adapters.json has faults.</exception>
    /// <exception cref="IOException">The journal cannot be used, or another agent uses it.</exception>
    public static async Task<SiteAgent> OpenAsync(
        AgentSettings settings,
        AgentSurroundings around,
        CancellationToken cancellationToken
    )
    {
        var factories = around.Factories ?? BuiltInAdapters.All;
        var adapters = await ReadAsync(settings.Adapters, factories, cancellationToken);
        var declared = adapters.Pools.Select(pool => pool.Id.Value).ToHashSet();
        var known = string.Join(", ", declared.Order(StringComparer.Ordinal));
        var faults = settings
            .Pools.Keys.Where(pool => !declared.Contains(pool))
            .Select(pool => $"pools.{pool}: expected: a pool of {settings.Adapters}: {known}")
            .ToList();
        if (faults.Count > 0)
        {
            throw new AgentFileException("agent.json", faults);
        }

        var journal = AgentJournal.Open(settings.Journal);
        try
        {
            return new SiteAgent(settings, adapters, journal, around);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private static async Task<DeclaredAdapters> ReadAsync(
        string path,
        IReadOnlyList<IAdapterFactory> factories,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AdaptersFile.LoadAsync(path, factories, cancellationToken);
        }
        catch (AdaptersFileException wrong)
        {
            throw new AgentFileException(path, [.. wrong.Faults.Select(fault => fault.ToString())]);
        }
    }

    /// <summary>Serves until it is told to stop; calls under way then have 20 seconds to end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var checks = Task.WhenAll(_sites.Select(site => site.CheckAsync(stop)));
        await Task.WhenAll(_links.Select(link => link.RunAsync(stop)));
        await checks.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            link.Dispose();
        }

        await _pools.DisposeAsync();
        _http.Dispose();
        _journal.Dispose();
    }
}

/// <summary>What an agent is run with besides its file.</summary>
/// <param name="MachineTime">Time-outs and pauses.</param>
/// <param name="Loggers">Where it tells what happens.</param>
public sealed record AgentSurroundings(TimeProvider MachineTime, ILoggerFactory Loggers)
{
    /// <summary>The adapters there are; null: the built-in ones.</summary>
    public IReadOnlyList<IAdapterFactory>? Factories { get; init; }

    /// <summary>How long a poll may wait for calls, whole seconds up to 30.</summary>
    public TimeSpan PollFor { get; init; } = TimeSpan.FromSeconds(25);
}
