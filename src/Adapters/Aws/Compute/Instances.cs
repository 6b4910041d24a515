using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Compute;

/// <summary>Reads instances: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html</summary>
internal sealed class Instances(Ec2Door door)
{
    private const string Action = "DescribeInstances";

    /// <summary>The instance, terminated ones included, which EC2 shows for an hour; null if it knows none.</summary>
    public async Task<Instance?> FindAsync(NativeId id, CancellationToken token)
    {
        var request = new DescribeInstancesRequest { InstanceIds = [id.Value] };
        var answer = await door.LookAsync(Action, ec2 => ec2.DescribeInstancesAsync(request, token), token);
        return Of(answer).FirstOrDefault(instance => instance.InstanceId == id.Value);
    }

    /// <summary>The instance that is there.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/>: it is gone, and why where EC2 says so.</exception>
    public async Task<Instance> GetAsync(NativeId id, CancellationToken token)
    {
        var instance = await FindAsync(id, token);
        return instance is not null && !ServerView.IsGone(instance) ? instance : throw Gone(id, instance);
    }

    public static AdapterException Gone(NativeId id, Instance? instance) =>
        new(
            FailureKind.NotFound,
            instance is null
                ? $"There is no instance '{id}'."
                : $"The instance '{id}' is terminated ({ServerView.Reason(instance) ?? "no reason given"})."
        )
        {
            ProviderCode = instance?.StateReason?.Code ?? "InvalidInstanceID.NotFound",
        };

    /// <summary>Instances page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<Instance>> PagesAsync(List<Filter> filters, CancellationToken token) =>
        Pages.ReadAsync(
            Action,
            async next =>
            {
                var request = new DescribeInstancesRequest
                {
                    Filters = filters.Count > 0 ? filters : null,
                    MaxResults = Pages.Size,
                    NextToken = next,
                };
                var page = await door.AskAsync(Action, ec2 => ec2.DescribeInstancesAsync(request, token), token);
                return new Page<Instance>([.. Of(page)], page.NextToken);
            },
            token
        );

    private static IEnumerable<Instance> Of(DescribeInstancesResponse? answer) =>
        (answer?.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []);
}
