using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Volumes;

/// <summary>
/// Snapshots of volumes, attached ones too. EC2 takes no token here, so a create first looks for the key's tag:
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html
/// </summary>
internal sealed class EbsSnapshots(Ec2Door door) : ISnapshotService
{
    private const string Action = "DescribeSnapshots";

    private readonly KeyTurns _turns = new();
    private readonly JustMade<CloudSnapshot> _made = new(door.MachineTime);

    public Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        var pages = Pages.EachAsync(
            Action,
            async next =>
            {
                var request = new DescribeSnapshotsRequest
                {
                    OwnerIds = ["self"],
                    Filters = [Keys.With(key)],
                    MaxResults = Pages.Size,
                    NextToken = next,
                };
                var page = await door.AskAsync(
                    Action,
                    ec2 => ec2.DescribeSnapshotsAsync(request, cancellationToken),
                    cancellationToken
                );
                return new Page<Snapshot>(page.Snapshots, page.NextToken);
            },
            cancellationToken
        );
        await foreach (var snapshot in pages)
        {
            return VolumeView.Of(snapshot);
        }

        return null;
    }

    public async Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var request = new DescribeSnapshotsRequest { SnapshotIds = [id.Value] };
        var answer = await door.LookAsync(
            Action,
            ec2 => ec2.DescribeSnapshotsAsync(request, cancellationToken),
            cancellationToken
        );
        return answer?.Snapshots is [var snapshot, ..] && snapshot.SnapshotId == id.Value
            ? VolumeView.Of(snapshot)
            : _made.Of(id) ?? throw new AdapterException(FailureKind.NotFound, $"There is no snapshot '{id}'.");
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        var request = new DeleteSnapshotRequest { SnapshotId = id.Value };
        await door.RemoveAsync(
            "DeleteSnapshot",
            ec2 => ec2.DeleteSnapshotAsync(request, cancellationToken),
            (_made, id),
            cancellationToken
        );
    }

    private async Task<CloudSnapshot> FindOrCreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } found)
        {
            return found;
        }

        if (_made.Of(key) is { } made)
        {
            return made;
        }

        var request = new CreateSnapshotRequest
        {
            VolumeId = spec.Volume.Value,
            TagSpecifications = [Keys.Specification(ResourceType.Snapshot, spec.Name, key)],
        };
        var answer = await door.AskAsync("CreateSnapshot", ec2 => ec2.CreateSnapshotAsync(request, token), token);
        var taken = VolumeView.Of(answer.Snapshot);
        return _made.Note(taken.Id, key, taken);
    }
}
