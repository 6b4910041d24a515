using CloudManager.Labs.Huawei.State;

namespace CloudManager.Labs.Huawei;

/// <summary>A started cloud: where it is, who may use it, what was done to it.</summary>
public sealed class RunningSimulator : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Cloud cloud;

    internal RunningSimulator(WebApplication app, Cloud cloud)
    {
        (this.app, this.cloud) = (app, cloud);
        BaseUrl = new Uri(app.Urls.First());
    }

    /// <summary>Where all services answer.</summary>
    public Uri BaseUrl { get; }

    /// <summary>How it behaves; durations, throttling and quotas may be changed while it runs.</summary>
    public SimulatorOptions Options => cloud.Options;

    /// <summary>The network that is there from the start: VPC id.</summary>
    public string DefaultVpc => cloud.Ids.Fixed("vpc-default");

    /// <summary>The network that is there from the start: subnet id.</summary>
    public string DefaultSubnet => cloud.Ids.Fixed("subnet-default");

    /// <summary>The public image that servers may be made of (Ubuntu); 1 to 6.</summary>
    public static string Image(int number = 1) => Furniture.ImageId(number);

    /// <summary>Signatures that were right so far.</summary>
    public int SignaturesVerified => Read(() => cloud.Tally.Verified);

    /// <summary>Signatures and tokens that were refused so far.</summary>
    public int SignaturesRefused => Read(() => cloud.Tally.Refused.Values.Sum());

    /// <summary>Calls so far by verb and path, e.g. <c>POST /v1/{p}/cloudservers</c>.</summary>
    public IReadOnlyDictionary<string, int> Calls => Read(() => new Dictionary<string, int>(cloud.Tally.Calls));

    /// <summary>All calls so far.</summary>
    public int TotalCalls => Read(() => cloud.Tally.Total);

    /// <summary>Forgets the counts.</summary>
    public void ClearCounts() =>
        Read(() =>
        {
            cloud.Tally.Clear();
            return 0;
        });

    /// <summary>Lets the next jobs (or parts of jobs) of a type fail, e.g. <c>createSingleServer</c>.</summary>
    public void FailJobs(string type, int count, string code, string reason) =>
        Read(() =>
        {
            cloud.Jobs.Fail(new JobFault(type, count, new JobFailure(code, reason)));
            return 0;
        });

    /// <summary>Servers that exist now.</summary>
    public int Servers => Read(() => cloud.Servers.Count);

    /// <summary>Volumes that exist now.</summary>
    public int Volumes => Read(() => cloud.Volumes.Count);

    /// <summary>Public addresses that exist now.</summary>
    public int Addresses => Read(() => cloud.Eips.Count);

    /// <summary>Waits until somebody asks the process to stop.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }

    private T Read<T>(Func<T> read)
    {
        lock (cloud.Gate)
        {
            cloud.Timeline.Advance();
            return read();
        }
    }
}
