using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using CloudManager.Adapters.Sdk;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>What is asked of EC2, and what is made of answers that have less than one would think.</summary>
public sealed class RequestTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationKey Key = new("cm-1-1");

    [Fact]
    public async Task A_server_is_ordered_with_token_tags_disk_and_subnet()
    {
        var ec2 = OnSubstitute.Client();
        RunInstancesRequest? sent = null;
        ec2.RunInstancesAsync(Arg.Do<RunInstancesRequest>(it => sent = it), Arg.Any<CancellationToken>())
            .Returns(
                new RunInstancesResponse
                {
                    Reservation = new Reservation { Instances = [OnSubstitute.Instance("pending")] },
                }
            );
        await using var adapter = OnSubstitute.Open(ec2);

        var server = await adapter.Servers.CreateAsync(OnSubstitute.Spec, Key, None);

        Assert.NotNull(sent);
        Assert.Equal(("cm-1-1", 1, 1, "ami-1"), (sent.ClientToken, sent.MinCount, sent.MaxCount, sent.ImageId));
        Assert.Equal(("m6i.large", "subnet-1"), (sent.InstanceType.Value, sent.SubnetId));
        var disk = Assert.Single(sent.BlockDeviceMappings);
        Assert.Equal(("/dev/xvda", 40, true), (disk.DeviceName, disk.Ebs.VolumeSize, disk.Ebs.DeleteOnTermination));
        Assert.Equal(
            ["instance Name=os-a cloudmanager-key=cm-1-1", "volume Name=os-a cloudmanager-server-key=cm-1-1"],
            sent.TagSpecifications.Select(Text)
        );
        Assert.Equal((CloudState.Pending, new ServerSize(2, 8)), (server.State, server.Size));
    }

    [Fact]
    public async Task A_volume_is_ordered_with_token_tags_and_the_subnets_zone()
    {
        var ec2 = OnSubstitute.Client();
        ec2.DescribeVolumesAsync(Arg.Any<DescribeVolumesRequest>(), Arg.Any<CancellationToken>())
            .Returns(new DescribeVolumesResponse());
        CreateVolumeRequest? sent = null;
        ec2.CreateVolumeAsync(Arg.Do<CreateVolumeRequest>(it => sent = it), Arg.Any<CancellationToken>())
            .Returns(
                new CreateVolumeResponse
                {
                    Volume = new Volume { VolumeId = "vol-1", State = "creating" },
                }
            );
        await using var adapter = OnSubstitute.Open(ec2);

        await adapter.Volumes.CreateAsync(new VolumeSpec("数据盘", 100, "gp3"), Key, None);

        Assert.NotNull(sent);
        Assert.Equal(("cm-1-1", 100, "gp3"), (sent.ClientToken, sent.Size, sent.VolumeType.Value));
        Assert.Equal("cn-north-1a", sent.AvailabilityZone);
        Assert.Equal(["volume Name=数据盘 cloudmanager-key=cm-1-1"], sent.TagSpecifications.Select(Text));
    }

    [Fact]
    public async Task Lists_that_the_SDK_has_no_object_for_are_empty()
    {
        var ec2 = OnSubstitute.Client();
        ec2.DescribeInstancesAsync(Arg.Any<DescribeInstancesRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new DescribeInstancesResponse
                {
                    Reservations =
                    [
                        new Reservation(),
                        new Reservation { Instances = [OnSubstitute.Instance("running")] },
                    ],
                }
            );
        ec2.DescribeVolumesAsync(Arg.Any<DescribeVolumesRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new DescribeVolumesResponse(),
                new DescribeVolumesResponse { Volumes = [new Volume { VolumeId = "vol-1" }] }
            );
        ec2.DescribeVpcsAsync(Arg.Any<DescribeVpcsRequest>(), Arg.Any<CancellationToken>())
            .Returns(new DescribeVpcsResponse());
        ec2.DescribeAddressesAsync(Arg.Any<DescribeAddressesRequest>(), Arg.Any<CancellationToken>())
            .Returns(new DescribeAddressesResponse());
        ec2.DescribeSnapshotsAsync(Arg.Any<DescribeSnapshotsRequest>(), Arg.Any<CancellationToken>())
            .Returns(new DescribeSnapshotsResponse());
        await using var adapter = OnSubstitute.Open(ec2);

        var server = Assert.Single(await adapter.Inventory.ListServersAsync(None).ToListAsync(None));
        Assert.Empty(await adapter.Inventory.ListVolumesAsync(None).ToListAsync(None));
        Assert.Single(await adapter.Inventory.ListVolumesAsync(None).ToListAsync(None));
        Assert.Empty(await adapter.Inventory.ListNetworksAsync(None).ToListAsync(None));
        Assert.Empty(await adapter.Inventory.ListAddressesAsync(None).ToListAsync(None));
        Assert.Null(await adapter.Snapshots.FindAsync(Key, None));
        Assert.Equal(("i-1", null, 0), (server.Name, server.Key?.Value, server.Addresses.Count));
    }

    [Theory]
    [InlineData("stopped", "changed", null)]
    [InlineData("running", "refused until it is stopped", FailureKind.Conflict)]
    [InlineData("stopping", "refused until it is stopped", FailureKind.Conflict)]
    [InlineData("terminated", "gone", FailureKind.NotFound)]
    public async Task Art20_only_a_stopped_server_changes_its_type(string state, string because, FailureKind? kind)
    {
        var ec2 = OnSubstitute.Client();
        ec2.DescribeInstancesAsync(Arg.Any<DescribeInstancesRequest>(), Arg.Any<CancellationToken>())
            .Returns(OnSubstitute.Shows(OnSubstitute.Instance(state)));
        await using var adapter = OnSubstitute.Open(ec2);

        var failure = await Record.ExceptionAsync(() =>
            adapter.Resizing.ResizeAsync(new NativeId("i-1"), "m6i.xlarge", new ServerSize(4, 16), None)
        );

        Assert.True(kind == (failure as AdapterException)?.Kind, $"{because}: {failure}");
        Assert.True(adapter.Info.Limits.ResizeNeedsStop);
        await ec2.Received(kind is null ? 1 : 0)
            .ModifyInstanceAttributeAsync(
                Arg.Is<ModifyInstanceAttributeRequest>(it => it.InstanceId == "i-1" && it.Value == "m6i.xlarge"),
                Arg.Any<CancellationToken>()
            );
    }

    [Fact]
    public async Task Art20_a_server_that_has_the_type_is_left_as_it_is()
    {
        var ec2 = OnSubstitute.Client();
        ec2.DescribeInstancesAsync(Arg.Any<DescribeInstancesRequest>(), Arg.Any<CancellationToken>())
            .Returns(OnSubstitute.Shows(OnSubstitute.Instance("running")));
        await using var adapter = OnSubstitute.Open(ec2);

        await adapter.Resizing.ResizeAsync(new NativeId("i-1"), "m6i.large", new ServerSize(2, 8), None);

        await ec2.DidNotReceiveWithAnyArgs().ModifyInstanceAttributeAsync(default, None);
    }

    [Fact]
    public async Task A_server_that_EC2_ended_while_it_came_up_is_told_with_its_reason()
    {
        var ec2 = OnSubstitute.Client();
        var ended = OnSubstitute.Instance("terminated");
        ended.StateReason = new StateReason { Code = "Server.InsufficientInstanceCapacity", Message = "no room" };
        ec2.RunInstancesAsync(Arg.Any<RunInstancesRequest>(), Arg.Any<CancellationToken>())
            .Returns(new RunInstancesResponse { Reservation = new Reservation { Instances = [ended] } });
        await using var adapter = OnSubstitute.Open(ec2);

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            adapter.Servers.CreateAsync(OnSubstitute.Spec, Key, None)
        );

        Assert.Equal(FailureKind.NoCapacity, failure.Kind);
        Assert.Contains("no room", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_made_just_now_is_pending_until_EC2_knows_it_and_then_gone_if_it_never_does()
    {
        var time = new FakeTimeProvider();
        var ec2 = OnSubstitute.Client();
        var unknown = new AmazonEC2Exception(
            "no",
            ErrorType.Sender,
            "InvalidInstanceID.NotFound",
            "r",
            HttpStatusCode.BadRequest
        );
        ec2.RunInstancesAsync(Arg.Any<RunInstancesRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new RunInstancesResponse
                {
                    Reservation = new Reservation { Instances = [OnSubstitute.Instance("pending")] },
                }
            );
        await using var adapter = OnSubstitute.Open(ec2, time);
        var made = await adapter.Servers.CreateAsync(OnSubstitute.Spec, Key, None);
        ec2.DescribeInstancesAsync(Arg.Any<DescribeInstancesRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(unknown);
        ec2.TerminateInstancesAsync(Arg.Any<TerminateInstancesRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(unknown);

        Assert.Equal(CloudState.Pending, (await adapter.Servers.GetAsync(made.Id, None)).State);
        var early = await Assert.ThrowsAsync<AdapterException>(() => adapter.Servers.DeleteAsync(made.Id, None));
        Assert.Equal(FailureKind.Throttled, early.Kind);
        Assert.NotNull(early.RetryAfter);

        time.Advance(adapter.Info.Limits.SettleTime);

        var gone = await Assert.ThrowsAsync<AdapterException>(() => adapter.Servers.GetAsync(made.Id, None));
        Assert.Equal(FailureKind.NotFound, gone.Kind);
        await adapter.Servers.DeleteAsync(made.Id, None);
    }

    [Fact]
    public async Task A_token_that_said_something_else_before_leads_to_what_it_made()
    {
        var ec2 = OnSubstitute.Client();
        ec2.DescribeInstancesAsync(Arg.Any<DescribeInstancesRequest>(), Arg.Any<CancellationToken>())
            .Returns(new DescribeInstancesResponse(), OnSubstitute.Shows(OnSubstitute.Instance("running")));
        ec2.RunInstancesAsync(Arg.Any<RunInstancesRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(
                new AmazonEC2Exception(
                    "other",
                    ErrorType.Sender,
                    "IdempotentParameterMismatch",
                    "r",
                    HttpStatusCode.BadRequest
                )
            );
        await using var adapter = OnSubstitute.Open(ec2);

        Assert.Equal("i-1", (await adapter.Servers.CreateAsync(OnSubstitute.Spec, Key, None)).Id.Value);
    }

    [Fact]
    public async Task A_failed_growth_is_told_as_the_volumes_fault()
    {
        var ec2 = OnSubstitute.Client();
        ec2.DescribeVolumesAsync(Arg.Any<DescribeVolumesRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new DescribeVolumesResponse
                {
                    Volumes =
                    [
                        new Volume
                        {
                            VolumeId = "vol-1",
                            Size = 10,
                            State = "available",
                        },
                    ],
                }
            );
        ec2.DescribeVolumesModificationsAsync(
                Arg.Any<DescribeVolumesModificationsRequest>(),
                Arg.Any<CancellationToken>()
            )
            .Returns(
                new DescribeVolumesModificationsResponse
                {
                    VolumesModifications =
                    [
                        new VolumeModification
                        {
                            ModificationState = "failed",
                            TargetSize = 20,
                            StatusMessage = "broken",
                        },
                    ],
                }
            );
        await using var adapter = OnSubstitute.Open(ec2);
        await adapter.Volumes.ExtendAsync(new NativeId("vol-1"), 20, None);

        var volume = await adapter.Volumes.GetAsync(new NativeId("vol-1"), None);

        Assert.Equal("growing to 20 GiB failed: broken", volume.Fault);
        await ec2.Received(1)
            .ModifyVolumeAsync(Arg.Is<ModifyVolumeRequest>(it => it.Size == 20), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("the first free name is taken", "/dev/sdg", "/dev/xvda", "/dev/sdf")]
    [InlineData("a name of Xen is the same device", "/dev/sdg", "/dev/sda1", "/dev/xvdf")]
    [InlineData("gaps are filled", "/dev/sdf", "/dev/sda1", "/dev/sdg")]
    public async Task A_volume_hangs_on_a_free_device(string because, string device, params string[] taken)
    {
        var ec2 = OnSubstitute.Client();
        var instance = OnSubstitute.Instance("running");
        instance.BlockDeviceMappings = [.. taken.Select(name => new InstanceBlockDeviceMapping { DeviceName = name })];
        ec2.DescribeInstancesAsync(Arg.Any<DescribeInstancesRequest>(), Arg.Any<CancellationToken>())
            .Returns(OnSubstitute.Shows(instance));
        ec2.DescribeVolumesAsync(Arg.Any<DescribeVolumesRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new DescribeVolumesResponse { Volumes = [new Volume { VolumeId = "vol-1", State = "available" }] }
            );
        AttachVolumeRequest? sent = null;
        ec2.AttachVolumeAsync(Arg.Do<AttachVolumeRequest>(it => sent = it), Arg.Any<CancellationToken>())
            .Returns(new AttachVolumeResponse());
        await using var adapter = OnSubstitute.Open(ec2);

        await adapter.Attachment.AttachAsync(new NativeId("vol-1"), new NativeId("i-1"), None);

        Assert.True(device == sent?.Device, $"{because}: {sent?.Device}");
    }

    [Fact]
    public async Task Bandwidth_is_refused_as_unsupported_with_a_note()
    {
        var ec2 = OnSubstitute.Client();
        ec2.DescribeAddressesAsync(Arg.Any<DescribeAddressesRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new DescribeAddressesResponse
                {
                    Addresses = [new Address { AllocationId = "a-1", PublicIp = "203.0.113.1" }],
                }
            );
        await using var adapter = OnSubstitute.Open(ec2);

        var failure = await Assert.ThrowsAsync<AdapterException>(() =>
            adapter.Addresses.SetBandwidthAsync(new NativeId("a-1"), 5, None)
        );

        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.Null((await adapter.Addresses.GetAsync(new NativeId("a-1"), None)).BandwidthMbps);
        foreach (var capability in new[] { "addresses", "changes", "console", "capacity", "usage" })
        {
            Assert.Contains(adapter.Info.Notes, note => note.Capability == capability);
        }
    }

    private static string Text(TagSpecification specification) =>
        $"{specification.ResourceType.Value} {string.Join(' ', specification.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}";
}
