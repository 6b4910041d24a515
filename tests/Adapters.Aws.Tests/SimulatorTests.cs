using CloudManager.Adapters.Sdk;
using CloudManager.Labs.Aws;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>That the simulated region refuses what EC2 refuses: a test on a region that takes everything proves nothing.</summary>
public sealed class SimulatorTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("another secret", "AKIALABEXAMPLE", "another", null)]
    [InlineData("another key", "AKIAOTHER", "lab-secret-key-of-nobody", null)]
    [InlineData("a token that was not given", "AKIALABEXAMPLE", "lab-secret-key-of-nobody", "token")]
    public async Task Refuses_what_is_not_signed_with_its_keys(
        string because,
        string accessKey,
        string secretKey,
        string? sessionToken
    )
    {
        await using var simulator = await Ec2Simulator.StartAsync(new SimulatorOptions { PremadeServers = 1 }, None);
        await using var adapter = OnSimulator.Open(
            new
            {
                region = simulator.Options.Region,
                endpoint = simulator.BaseUrl,
                monitoringEndpoint = simulator.BaseUrl,
                accessKey,
                secretKey,
                sessionToken,
                subnet = RunningSimulator.Subnet,
            }
        );
        var now = TimeProvider.System.GetUtcNow();

        var read = await Assert.ThrowsAsync<AdapterException>(() => adapter.CheckAsync(None));
        var measure = await Assert.ThrowsAsync<AdapterException>(async () =>
            await adapter.Usage!.ReadAsync([new NativeId("i-1")], now.AddHours(-1), now, None).ToListAsync(None)
        );

        Assert.True(read.Kind == FailureKind.Unauthenticated, because);
        Assert.Equal(FailureKind.Unauthenticated, measure.Kind);
        Assert.DoesNotContain(secretKey, $"{read}{measure}", StringComparison.Ordinal);
        Assert.Equal(2, simulator.Counters.SignatureRefusals);
    }

    [Fact]
    public async Task Refuses_a_body_that_was_changed_after_it_was_signed_and_a_call_without_a_signature()
    {
        await using var simulator = await Ec2Simulator.StartAsync(new SimulatorOptions(), None);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        async Task<string> PostAsync(bool isSigned)
        {
            var body = "Action=GetMetricData&Version=2010-08-01"u8.ToArray();
            using var call = new HttpRequestMessage(HttpMethod.Post, simulator.BaseUrl);
            call.Content = new ByteArrayContent([.. body, .. "&Extra=1"u8]);
            call.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
            if (isSigned)
            {
                new Metering.SigningKey(
                    simulator.Options.AccessKey,
                    simulator.Options.SecretKey,
                    null,
                    $"{simulator.Options.Region}/monitoring"
                ).Sign(call, body, TimeProvider.System.GetUtcNow());
            }

            using var answer = await http.SendAsync(call);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }

        Assert.Contains("403", await PostAsync(isSigned: true), StringComparison.Ordinal);
        Assert.Contains("SignatureDoesNotMatch", await PostAsync(isSigned: true), StringComparison.Ordinal);
        Assert.Contains("MissingAuthenticationToken", await PostAsync(isSigned: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_temporary_keys_with_their_token()
    {
        var options = new SimulatorOptions { SessionToken = "the-token", PremadeServers = 1 };
        await using var cloud = await OnSimulator.StartAsync(
            options,
            simulator => new
            {
                region = simulator.Options.Region,
                endpoint = simulator.BaseUrl,
                monitoringEndpoint = simulator.BaseUrl,
                accessKey = simulator.Options.AccessKey,
                secretKey = simulator.Options.SecretKey,
                sessionToken = "the-token",
                subnet = RunningSimulator.Subnet,
            }
        );
        var now = TimeProvider.System.GetUtcNow();

        await cloud.Adapter.CheckAsync(None);
        await cloud.Adapter.Usage!.ReadAsync([new NativeId("i-1")], now.AddHours(-1), now, None).ToListAsync(None);

        Assert.Equal(0, cloud.Simulator.Counters.SignatureRefusals);
    }

    [Fact]
    public async Task Keeps_a_client_token_unique_beyond_the_process_that_used_it()
    {
        await using var cloud = await OnSimulator.StartAsync(
            new SimulatorOptions { Unseen = TimeSpan.FromSeconds(30), Settle = TimeSpan.Zero },
            simulator => WithoutGroup(simulator)
        );
        await using var other = OnSimulator.Open(WithoutGroup(cloud.Simulator));
        var key = new OperationKey("cm-1-1");

        var made = await cloud.Adapter.Servers!.CreateAsync(OnSimulator.Server, key, None);
        var again = await other.Servers!.CreateAsync(OnSimulator.Server, key, None);
        var mismatch = await Assert.ThrowsAsync<AdapterException>(() =>
            other.Servers!.CreateAsync(OnSimulator.Server with { SystemDiskGiB = 30 }, key, None)
        );

        Assert.Equal(made.Id, again.Id);
        Assert.Equal((FailureKind.Conflict, "IdempotentParameterMismatch"), (mismatch.Kind, mismatch.ProviderCode));
        Assert.Contains("\"instances\":1", await cloud.ThingsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_quotas_and_an_end_of_its_room()
    {
        var small = new SimulatorOptions
        {
            MostServers = 2,
            Room = 1,
            MostVolumes = 0,
            MostAddresses = 0,
            MostVpcs = 1,
        };
        await using var cloud = await OnSimulator.StartAsync(small);
        var adapter = cloud.Adapter;
        await adapter.Servers!.CreateAsync(OnSimulator.Server, new OperationKey("a"), None);
        async Task<FailureKind> KindAsync(Func<OperationKey, Task> create) =>
            (await Assert.ThrowsAsync<AdapterException>(() => create(new OperationKey("b")))).Kind;

        Assert.Equal(
            FailureKind.NoCapacity,
            await KindAsync(key => adapter.Servers.CreateAsync(OnSimulator.Server, key, None))
        );
        Assert.Equal(
            FailureKind.QuotaExceeded,
            await KindAsync(key => adapter.Volumes!.CreateAsync(new VolumeSpec("v", 1, "gp3"), key, None))
        );
        Assert.Equal(
            FailureKind.QuotaExceeded,
            await KindAsync(key => adapter.Addresses!.CreateAsync(new AddressSpec("a", 1), key, None))
        );
        Assert.Equal(
            FailureKind.QuotaExceeded,
            await KindAsync(key => adapter.Networks!.CreateAsync(new NetworkSpec("n", "10.1.0.0/24"), key, None))
        );
    }

    [Fact]
    public async Task Servers_of_a_new_network_have_the_pools_group_and_a_way_out_there()
    {
        await using var cloud = await OnSimulator.StartAsync();
        var adapter = cloud.Adapter;
        var network = await adapter.Networks!.CreateAsync(
            new NetworkSpec("n", "10.1.0.0/24"),
            new OperationKey("n"),
            None
        );
        await Task.Delay(100);
        var server = await adapter.Servers!.CreateAsync(
            OnSimulator.Server with
            {
                Network = network.Id,
            },
            new OperationKey("s"),
            None
        );
        await cloud.ServerInAsync(server.Id, CloudState.Active);
        var address = await adapter.Addresses!.CreateAsync(new AddressSpec("a", 1), new OperationKey("a"), None);

        await adapter.Binding!.BindAsync(address.Id, server.Id, None);

        Assert.Equal(server.Id, (await adapter.Addresses.GetAsync(address.Id, None)).BoundTo);
        Assert.Contains("\"groups\":1,\"gateways\":2", await cloud.ThingsAsync(), StringComparison.Ordinal);
        var busy = await Assert.ThrowsAsync<AdapterException>(() => adapter.Networks.DeleteAsync(network.Id, None));
        Assert.Equal(FailureKind.Conflict, busy.Kind);
    }

    private static object WithoutGroup(RunningSimulator simulator) =>
        new
        {
            region = simulator.Options.Region,
            endpoint = simulator.BaseUrl,
            accessKey = simulator.Options.AccessKey,
            secretKey = simulator.Options.SecretKey,
            subnet = RunningSimulator.Subnet,
        };
}
