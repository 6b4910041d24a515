using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using CloudManager.Adapters.Aws.Compute;
using CloudManager.Adapters.Aws.Network;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>Adapter of one account in one region of Amazon EC2, or of a cloud that speaks as EC2 does.</summary>
internal sealed class AwsAdapter : ICloudAdapter
{
    public const string Kind = "Aws";

    private const string Version = "EC2 API 2016-11-15";

    private static readonly CloudLimits Limits = new()
    {
        ResizeNeedsStop = true,
        CreateIsIdempotent = true,
        SettleTime = Habits.SettleTime,
    };

    private readonly IAmazonEC2 _client;
    private readonly HttpClient _http;
    private readonly Places _places;
    private readonly PoolSecurityGroup _group;

    public AwsAdapter(AwsSettings settings, IAmazonEC2 client, HttpClient http, TimeProvider machineTime)
    {
        (_client, _http) = (client, http);
        var errors = new AwsErrors(settings, machineTime);
        var door = new Ec2Door(client, errors, machineTime);
        var instances = new Instances(door);
        _places = new Places(door, settings);
        _group = new PoolSecurityGroup(door, settings.SecurityGroup);
        var parts = new ServerParts(new InstanceTypes(door), new MachineImages(door, settings), _places, _group);
        Servers = new Ec2Servers(door, instances, parts, settings);
        Power = new Ec2Power(door, instances);
        Resizing = new Ec2Resizing(door, instances);
    }

    public AdapterInfo Info { get; } = new(Kind, Version, Limits);

    public IServerService Servers { get; }

    public IServerPower Power { get; }

    public IServerResizing Resizing { get; }

    public static AwsAdapter Open(AwsSettings settings, HttpClient http, TimeProvider machineTime)
    {
        AWSCredentials credentials = settings.SessionToken is { } token
            ? new SessionAWSCredentials(settings.AccessKey, settings.SecretKey, token)
            : new BasicAWSCredentials(settings.AccessKey, settings.SecretKey);
        var config = new AmazonEC2Config
        {
            // Retries and time-outs stand outside of the adapter, once.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            RetryMode = RequestRetryMode.Standard,
            IgnoreConfiguredEndpointUrls = true,
            AllowAutoRedirect = false,
            HttpClientFactory = new OneClient(http),
        };
        if (settings.Endpoint is { } endpoint)
        {
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint.ToString(), settings.Region);
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        }

        return new AwsAdapter(settings, new AmazonEC2Client(credentials, config), http, machineTime);
    }

    /// <summary>A call that needs the keys, and that the subnet of the settings exists.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) => _places.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _group.Dispose();
        _client.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
