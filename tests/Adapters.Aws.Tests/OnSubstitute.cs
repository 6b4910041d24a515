using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>An adapter on a substitute of the SDK's client, which answers null where it has nothing, as the SDK does.</summary>
internal static class OnSubstitute
{
    public const string AccessKey = "AKIASUBSTITUTE";
    public const string SecretKey = "secret-of-the-substitute";
    public const string SessionToken = "token-of-the-substitute";

    public static AwsAdapter Open(IAmazonEC2 ec2, TimeProvider? time = null) =>
        new(
            new AwsSettings
            {
                Region = "cn-north-1",
                AccessKey = AccessKey,
                SecretKey = SecretKey,
                SessionToken = SessionToken,
                Subnet = "subnet-1",
                ReadsMetrics = false,
            },
            ec2,
            new HttpClient(new SocketsHttpHandler()),
            time ?? new FakeTimeProvider()
        );

    /// <summary>Answers what every order looks up first: subnet, image and type.</summary>
    public static IAmazonEC2 Client()
    {
        var ec2 = Substitute.For<IAmazonEC2>();
        ec2.DescribeSubnetsAsync(Arg.Any<DescribeSubnetsRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new DescribeSubnetsResponse
                {
                    Subnets =
                    [
                        new Subnet
                        {
                            SubnetId = "subnet-1",
                            VpcId = "vpc-1",
                            AvailabilityZone = "cn-north-1a",
                        },
                    ],
                }
            );
        ec2.DescribeImagesAsync(Arg.Any<DescribeImagesRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new DescribeImagesResponse { Images = [new Image { ImageId = "ami-1", RootDeviceName = "/dev/xvda" }] }
            );
        ec2.DescribeInstanceTypesAsync(Arg.Any<DescribeInstanceTypesRequest>(), Arg.Any<CancellationToken>())
            .Returns(
                new DescribeInstanceTypesResponse
                {
                    InstanceTypes =
                    [
                        new InstanceTypeInfo
                        {
                            InstanceType = "m6i.large",
                            VCpuInfo = new VCpuInfo { DefaultVCpus = 2 },
                            MemoryInfo = new MemoryInfo { SizeInMiB = 8_192 },
                        },
                    ],
                }
            );
        ec2.DescribeInstancesAsync(Arg.Any<DescribeInstancesRequest>(), Arg.Any<CancellationToken>())
            .Returns(new DescribeInstancesResponse());
        return ec2;
    }

    public static Instance Instance(string state) =>
        new()
        {
            InstanceId = "i-1",
            InstanceType = "m6i.large",
            State = new InstanceState { Name = state },
        };

    public static DescribeInstancesResponse Shows(params Instance[] instances) =>
        new() { Reservations = [new Reservation { Instances = [.. instances] }] };

    public static readonly ServerSpec Spec = new()
    {
        Name = "os-a",
        Flavour = "m6i.large",
        Size = new ServerSize(2, 8),
        Image = "ami-1",
        SystemDiskGiB = 40,
    };
}
