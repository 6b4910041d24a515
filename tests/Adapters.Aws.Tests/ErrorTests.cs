using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using CloudManager.Adapters.Sdk;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>EC2's codes in the contract's words.</summary>
public sealed class ErrorTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("RequestLimitExceeded", 503, FailureKind.Throttled)]
    [InlineData("Throttling", 400, FailureKind.Throttled)]
    [InlineData("InsufficientInstanceCapacity", 500, FailureKind.NoCapacity)]
    [InlineData("Server.InsufficientInstanceCapacity", 500, FailureKind.NoCapacity)]
    [InlineData("InsufficientFreeAddressesInSubnet", 400, FailureKind.NoCapacity)]
    [InlineData("InstanceLimitExceeded", 400, FailureKind.QuotaExceeded)]
    [InlineData("VcpuLimitExceeded", 400, FailureKind.QuotaExceeded)]
    [InlineData("AddressLimitExceeded", 400, FailureKind.QuotaExceeded)]
    [InlineData("Client.VolumeLimitExceeded", 400, FailureKind.QuotaExceeded)]
    [InlineData("InvalidInstanceID.NotFound", 400, FailureKind.NotFound)]
    [InlineData("InvalidInstanceID.Malformed", 400, FailureKind.NotFound)]
    [InlineData("InvalidVolume.NotFound", 400, FailureKind.NotFound)]
    [InlineData("IncorrectState", 400, FailureKind.Conflict)]
    [InlineData("IncorrectInstanceState", 400, FailureKind.Conflict)]
    [InlineData("IncorrectModificationState", 400, FailureKind.Conflict)]
    [InlineData("VolumeInUse", 400, FailureKind.Conflict)]
    [InlineData("DependencyViolation", 400, FailureKind.Conflict)]
    [InlineData("InvalidSnapshot.InUse", 400, FailureKind.Conflict)]
    [InlineData("Resource.AlreadyAssociated", 400, FailureKind.Conflict)]
    [InlineData("IdempotentParameterMismatch", 400, FailureKind.Conflict)]
    [InlineData("OperationNotPermitted", 400, FailureKind.Conflict)]
    [InlineData("UnauthorizedOperation", 403, FailureKind.Forbidden)]
    [InlineData("OptInRequired", 401, FailureKind.Forbidden)]
    [InlineData("AuthFailure", 401, FailureKind.Unauthenticated)]
    [InlineData("SignatureDoesNotMatch", 403, FailureKind.Unauthenticated)]
    [InlineData("RequestExpired", 400, FailureKind.Unauthenticated)]
    [InlineData("InvalidParameterValue", 400, FailureKind.InvalidRequest)]
    [InlineData("InvalidParameterCombination", 400, FailureKind.InvalidRequest)]
    [InlineData("MissingParameter", 400, FailureKind.InvalidRequest)]
    [InlineData("UnknownVolumeType", 400, FailureKind.InvalidRequest)]
    [InlineData("Unsupported", 400, FailureKind.InvalidRequest)]
    [InlineData("Gateway.NotAttached", 400, FailureKind.InvalidRequest)]
    [InlineData("UnsupportedOperation", 400, FailureKind.Unsupported)]
    [InlineData("InvalidAction", 400, FailureKind.Unsupported)]
    [InlineData("InternalError", 500, FailureKind.Unavailable)]
    [InlineData("Server.SpotInstanceShutdown", 500, FailureKind.Unavailable)]
    [InlineData("Unavailable", 503, FailureKind.Unavailable)]
    [InlineData("InvalidNextToken", 400, FailureKind.Unavailable)]
    [InlineData("SomethingNew", 400, FailureKind.InvalidRequest)]
    [InlineData("SomethingNew", 500, FailureKind.Unavailable)]
    [InlineData("SomethingNew", 409, FailureKind.Conflict)]
    public async Task A_code_has_its_kind_and_rides_along(string code, int status, FailureKind kind)
    {
        var ec2 = Substitute.For<IAmazonEC2>();
        ec2.DescribeSubnetsAsync(Arg.Any<DescribeSubnetsRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(Fault(code, status, "It is so."));
        await using var adapter = OnSubstitute.Open(ec2);

        var failure = await Assert.ThrowsAsync<AdapterException>(() => adapter.CheckAsync(None));

        Assert.Equal(kind, failure.Kind);
        Assert.Equal((code, "req-1"), (failure.ProviderCode, failure.ProviderRequestId));
        Assert.Contains("DescribeSubnets", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public async Task No_key_and_no_signature_is_in_a_message()
    {
        var ec2 = Substitute.For<IAmazonEC2>();
        var words =
            $"{OnSubstitute.SecretKey} {OnSubstitute.AccessKey} {OnSubstitute.SessionToken} "
            + "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=0f0f0f0f";
        ec2.DescribeSubnetsAsync(Arg.Any<DescribeSubnetsRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(Fault("AuthFailure", 401, words));
        await using var adapter = OnSubstitute.Open(ec2);

        var failure = await Assert.ThrowsAsync<AdapterException>(() => adapter.CheckAsync(None));

        foreach (
            var secret in new[]
            {
                OnSubstitute.SecretKey,
                OnSubstitute.AccessKey,
                OnSubstitute.SessionToken,
                "0f0f0f0f",
            }
        )
        {
            Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_SDK_breaks_off_by_itself_is_no_cancellation()
    {
        var ec2 = Substitute.For<IAmazonEC2>();
        ec2.DescribeSubnetsAsync(Arg.Any<DescribeSubnetsRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(new TaskCanceledException("timed out"));
        await using var adapter = OnSubstitute.Open(ec2);

        var failure = await Assert.ThrowsAsync<AdapterException>(() => adapter.CheckAsync(None));

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
    }

    private static AmazonEC2Exception Fault(string code, int status, string message) =>
        new(message, ErrorType.Sender, code, "req-1", (HttpStatusCode)status);
}
