using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Compute;

/// <summary>
/// Sizes of instance types, which an instance does not tell itself. A type never changes its size, so each is asked for
/// once: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html
/// </summary>
internal sealed class InstanceTypes(Ec2Door door)
{
    private const string Action = "DescribeInstanceTypes";

    /// <summary>The most values a filter takes.</summary>
    private const int MostAtOnce = 200;

    /// <summary>The most that this describe gives at once.</summary>
    private const int PageSize = 100;

    private readonly ConcurrentDictionary<string, ServerSize> _known = new();

    /// <summary>The types on offer, page by page; those of no whole GiB cannot be ordered.</summary>
    public async IAsyncEnumerable<CloudFlavour> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var type in ReadAsync([], token))
        {
            if (type.MemoryInfo?.SizeInMiB is >= 1_024 and var mebibytes && mebibytes % 1_024 == 0)
            {
                yield return new CloudFlavour(type.InstanceType.Value, Size(type));
            }
        }
    }

    /// <summary>Learns the sizes of these types, in as few calls as there may be.</summary>
    public async Task LearnAsync(IEnumerable<string> types, CancellationToken token)
    {
        foreach (var some in types.Distinct().Where(type => !_known.ContainsKey(type)).Chunk(MostAtOnce))
        {
            await foreach (var type in ReadAsync([new Filter("instance-type", [.. some])], token))
            {
                _known[type.InstanceType.Value] = Size(type);
            }
        }
    }

    /// <summary>The size of a type that was learnt; of one that the cloud no longer describes only the cores are known.</summary>
    public ServerSize SizeOf(Instance instance) =>
        _known.TryGetValue(instance.InstanceType?.Value ?? "", out var size)
            ? size
            : new ServerSize(
                Math.Max(1, (instance.CpuOptions?.CoreCount ?? 1) * (instance.CpuOptions?.ThreadsPerCore ?? 1)),
                1
            );

    private IAsyncEnumerable<InstanceTypeInfo> ReadAsync(List<Filter> filters, CancellationToken token) =>
        Pages.EachAsync(
            Action,
            async next =>
            {
                var request = new DescribeInstanceTypesRequest
                {
                    Filters = filters.Count > 0 ? filters : null,
                    MaxResults = PageSize,
                    NextToken = next,
                };
                var page = await door.AskAsync(Action, ec2 => ec2.DescribeInstanceTypesAsync(request, token), token);
                return new Page<InstanceTypeInfo>(page.InstanceTypes, page.NextToken);
            },
            token
        );

    /// <summary>Cores and whole GiB; a part of one is left out, so that less than ordered is never taken for it.</summary>
    private static ServerSize Size(InstanceTypeInfo type) =>
        new(type.VCpuInfo?.DefaultVCpus ?? 1, (int)Math.Max(1, (type.MemoryInfo?.SizeInMiB ?? 0) / 1_024));
}
