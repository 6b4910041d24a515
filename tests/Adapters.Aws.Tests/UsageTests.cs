using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using CloudManager.Adapters.Aws.Metering;
using CloudManager.Adapters.Sdk;
using CloudManager.Labs.Aws;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>Measured use from CloudWatch: few calls, whole slots, and nothing made up.</summary>
public sealed class UsageTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 2, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("an hour of one server", 1, 12, 1)]
    [InlineData("an hour of a hundred: five hundred queries", 100, 12, 1)]
    [InlineData("one server more", 101, 12, 2)]
    [InlineData("an hour of a thousand", 1_000, 12, 10)]
    [InlineData("a day of a hundred: 144,000 values", 100, 288, 2)]
    public async Task No_call_is_made_that_could_be_left_out(string because, int servers, int slots, int calls)
    {
        await using var cloud = await StartAsync();
        NativeId[] ids = [.. Enumerable.Range(0, servers).Select(Premade)];

        var until = Now.AddMinutes(-62);
        var samples = await ReadAsync(cloud.Adapter, ids, until.AddMinutes(-5 * slots), until);

        var least = Math.Max(
            Math.Ceiling(servers * Measure.All.Count / (double)CloudWatchUsage.MostQueries),
            Math.Ceiling(servers * Measure.All.Count * slots / (double)CloudWatchUsage.MostPoints)
        );
        Assert.True(calls == (int)least, because);
        Assert.Equal(calls, cloud.Simulator.Counters.Of("GetMetricData"));
        Assert.InRange(samples.Count, servers * slots * 9 / 10, servers * slots);
        Assert.Equal(samples.Count, samples.Select(sample => (sample.Server, sample.Slot)).Distinct().Count());
    }

    [Fact]
    public async Task What_nobody_measured_is_missing_and_not_zero()
    {
        await using var cloud = await StartAsync();
        NativeId[] ids = [.. Enumerable.Range(0, 50).Select(Premade), new NativeId("i-0000000000nobody")];

        var samples = await ReadAsync(cloud.Adapter, ids, Now.AddHours(-2), Now.AddHours(-1));

        var byServer = samples.GroupBy(sample => sample.Server).ToList();
        Assert.Equal(50, byServer.Count);
        Assert.Contains(byServer, server => server.All(s => s.MemoryPercent is null && s.DiskPercent is null));
        Assert.Contains(byServer, server => server.Any(s => s.MemoryPercent > 0 && s.DiskPercent > 0));
        Assert.Contains(samples, sample => sample.CpuPercent is null && sample.NetworkInBytes is not null);
        Assert.All(samples, sample => Assert.InRange(sample.CpuPercent ?? 0, 0, 100));
    }

    [Fact]
    public async Task A_slot_of_which_a_part_may_still_come_is_left_for_later()
    {
        await using var cloud = await StartAsync();
        NativeId[] ids = [.. Enumerable.Range(0, 100).Select(Premade)];

        var early = await ReadAsync(cloud.Adapter, ids, Now.AddHours(-1), Now);

        var patience = Now.AddMinutes(-22);
        var seen = early
            .GroupBy(sample => sample.Server)
            .ToDictionary(
                server => server.Key,
                server => (server.Any(s => s.MemoryPercent is not null), server.Any(s => s.DiskPercent is not null))
            );
        Assert.All(
            early.Where(sample => sample.Slot >= patience),
            sample =>
                Assert.True(
                    sample.CpuPercent is not null
                        && sample.NetworkInBytes is not null
                        && sample.NetworkOutBytes is not null
                        && (sample.MemoryPercent is not null || !seen[sample.Server].Item1)
                        && (sample.DiskPercent is not null || !seen[sample.Server].Item2),
                    $"{sample}"
                )
        );
        Assert.Contains(early, sample => sample.Slot < patience && sample.CpuPercent is null);
        Assert.All(early, sample => Assert.True(sample.Slot.AddMinutes(7) <= Now, $"{sample}"));
    }

    [Fact]
    public async Task Throttled_calls_say_so()
    {
        var options = new SimulatorOptions { PremadeServers = 10, ThrottleEvery = 1 };
        await using var cloud = await OnSimulator.StartAsync(options);

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            ReadAsync(
                cloud.Adapter,
                [Premade(1)],
                TimeProvider.System.GetUtcNow().AddHours(-2),
                TimeProvider.System.GetUtcNow()
            )
        );

        Assert.Equal((FailureKind.Throttled, "RequestLimitExceeded"), (failure.Kind, failure.ProviderCode));
        Assert.NotNull(failure.ProviderRequestId);
    }

    [Theory]
    [InlineData("lasting keys", null)]
    [InlineData("temporary keys", "the-token")]
    public async Task The_signature_is_the_one_that_Amazons_own_signer_makes(string because, string? token)
    {
        var body = "Action=GetMetricData&Version=2010-08-01"u8.ToArray();
        using var call = new HttpRequestMessage(HttpMethod.Post, "https://monitoring.cn-north-1.amazonaws.com.cn/");
        call.Content = new ByteArrayContent(body);
        call.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            "application/x-www-form-urlencoded; charset=utf-8"
        );
        var request = new DefaultRequest(new Amazon.EC2.Model.DescribeVpcsRequest(), "monitoring")
        {
            HttpMethod = "POST",
            Endpoint = call.RequestUri,
            ResourcePath = "/",
            Content = body,
            OverrideSigningServiceName = "monitoring",
        };
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
        var config = new Amazon.EC2.AmazonEC2Config
        {
            ServiceURL = call.RequestUri!.ToString(),
            AuthenticationRegion = "cn-north-1",
        };
        AWSCredentials keys = token is null
            ? new BasicAWSCredentials("AK", "SK")
            : new SessionAWSCredentials("AK", "SK", token);
        if (token is not null)
        {
            request.Headers["x-amz-security-token"] = token;
        }

        await new AWS4Signer().SignAsync(request, config, new RequestMetrics(), keys, None);
        var signedAt = DateTimeOffset.ParseExact(
            request.Headers["X-Amz-Date"],
            "yyyyMMdd'T'HHmmss'Z'",
            null,
            System.Globalization.DateTimeStyles.AssumeUniversal
        );
        var theirs = request.Headers["Authorization"];
        var signed = theirs.Split("SignedHeaders=")[1].Split(',')[0];

        new SigningKey("AK", "SK", token, "cn-north-1/monitoring").Sign(call, body, signedAt);

        var ours = call.Headers.GetValues("Authorization").Single();
        Assert.True(
            ours.Contains($"SignedHeaders={signed},", StringComparison.Ordinal),
            $"{because}: {signed}; {ours}"
        );
        Assert.Equal(theirs.Split("Signature=")[1], ours.Split("Signature=")[1]);
    }

    private static NativeId Premade(int number) => new($"i-feed{number:x13}");

    private static Task<OnSimulator> StartAsync()
    {
        var time = new FakeTimeProvider(Now);
        var options = new SimulatorOptions { PremadeServers = 2_000, Time = time };
        return OnSimulator.StartAsync(options, machineTime: time);
    }

    private static async Task<List<UsageSample>> ReadAsync(
        ICloudAdapter adapter,
        NativeId[] servers,
        DateTimeOffset from,
        DateTimeOffset until
    ) => await adapter.Usage!.ReadAsync(servers, from, until, None).SelectMany(batch => batch).ToListAsync(None);
}
