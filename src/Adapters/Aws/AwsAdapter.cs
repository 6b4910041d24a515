using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using CloudManager.Adapters.Aws.Compute;
using CloudManager.Adapters.Aws.Metering;
using CloudManager.Adapters.Aws.Network;
using CloudManager.Adapters.Aws.Volumes;
using CloudManager.Adapters.Aws.Watching;
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
        BandwidthIsFixed = true,
        WithoutToken = CreationKinds.Snapshots | CreationKinds.Networks | CreationKinds.Addresses,
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
        var (types, images) = (new InstanceTypes(door), new MachineImages(door, settings));
        var servers = new Ec2Servers(door, instances, new ServerParts(types, images, _places, _group), settings);
        var volumes = new EbsVolumes(door, _places);
        var networks = new VpcNetworks(door, _places, new NetworkParts(door, _places, _group, settings));
        var addresses = new ElasticAddresses(door);
        Info = new AdapterInfo(Kind, Version, Limits) { Notes = AwsNotes.Of(settings) };
        Servers = servers;
        Power = new Ec2Power(door, instances);
        Resizing = new Ec2Resizing(door, instances);
        Volumes = volumes;
        Attachment = new EbsAttachment(door, instances, volumes);
        Snapshots = new EbsSnapshots(door);
        Networks = networks;
        Addresses = addresses;
        Binding = new AddressAssociation(door, addresses);
        Offerings = new AwsOfferings(images, types, settings);
        Inventory = new AwsInventory(servers, volumes, networks, addresses);
        Usage = settings.Monitoring is null
            ? null
            : new CloudWatchUsage(new CloudWatchCalls(settings, http, machineTime), machineTime);
    }

    public AdapterInfo Info { get; }

    public IServerService Servers { get; }

    public IServerPower Power { get; }

    public IServerResizing Resizing { get; }

    public IVolumeService Volumes { get; }

    public IVolumeAttachment Attachment { get; }

    public ISnapshotService Snapshots { get; }

    public INetworkService Networks { get; }

    public IAddressService Addresses { get; }

    public IAddressBinding Binding { get; }

    public IOfferings Offerings { get; }

    public IInventory Inventory { get; }

    public IUsageSource? Usage { get; }

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
