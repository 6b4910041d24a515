using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>Resizes servers: a resize ends in VERIFY_RESIZE and waits to be confirmed or reverted.</summary>
internal sealed class NovaResizing(Nova nova, Flavours flavours, ProjectQuota quota, ResizeWatch watch)
    : IServerResizing
{
    public async Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken)
    {
        var wanted = await flavours.FindAsync(flavour, size, cancellationToken);
        var server = await nova.GetAsync(id, cancellationToken);
        if (server.Flavor?.OriginalName == wanted.Name || server.Status == "RESIZE")
        {
            return;
        }

        try
        {
            await nova.ActAsync(
                id,
                "resize",
                new Dictionary<string, string> { ["flavorRef"] = wanted.Id },
                cancellationToken
            );
            watch.Begin(id, wanted);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            throw await quota.ExplainAsync(failure, wanted, server.Flavor, cancellationToken);
        }
    }

    public Task ConfirmAsync(NativeId id, CancellationToken cancellationToken) =>
        EndAsync(id, "confirmResize", cancellationToken);

    public Task RevertAsync(NativeId id, CancellationToken cancellationToken)
    {
        watch.End(id);
        return EndAsync(id, "revertResize", cancellationToken);
    }

    private async Task EndAsync(NativeId id, string action, CancellationToken cancellationToken)
    {
        try
        {
            await nova.ActAsync(id, action, null, cancellationToken);
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.Conflict or FailureKind.InvalidRequest)
        {
            var server = await nova.GetAsync(id, cancellationToken);
            if (server is { Status: "VERIFY_RESIZE", TaskState: null } or { Status: "RESIZE" })
            {
                throw;
            }
        }
    }
}

/// <summary>
/// Remembers the resizes this process began: one that found no host leaves a server that runs as before, and only its
/// list of actions tells that it failed.
/// </summary>
internal sealed class ResizeWatch(Nova nova)
{
    private readonly ConcurrentDictionary<NativeId, FlavourBody> _begun = new();

    public void Begin(NativeId id, FlavourBody wanted) => _begun[id] = wanted;

    public void End(NativeId id) => _begun.TryRemove(id, out _);

    /// <summary>Why the server still has its old size; null where it is not known to be otherwise ordered.</summary>
    public async Task<string?> FaultAsync(CloudServer server, CancellationToken cancellationToken)
    {
        if (server.State is CloudState.Pending || !_begun.TryGetValue(server.Id, out var wanted))
        {
            return null;
        }

        if (server.State is CloudState.Resized or CloudState.Error || server.Flavour == wanted.Name)
        {
            End(server.Id);
            return null;
        }

        var actions = await nova.AskPartsAsync(
            api => api.ListActionsAsync(server.Id.Value, cancellationToken),
            cancellationToken
        );
        // Newest first, as Nova lists them.
        var last = actions.Actions.FirstOrDefault(action => action.Action == "resize");
        return last is null ? null : await DescribeAsync(server.Id, last, cancellationToken);
    }

    private async Task<string> DescribeAsync(NativeId id, ActionBody action, CancellationToken cancellationToken)
    {
        var whole = await nova.AskPartsAsync(
            api => api.GetActionAsync(id.Value, action.RequestId, cancellationToken),
            cancellationToken
        );
        var failed = whole.Action.Events?.FirstOrDefault(each => each.Result == "Error");
        var words = failed?.Details ?? whole.Action.Message ?? "no reason given";
        return $"resize failed at {failed?.Event ?? "its start"}: {words} (request {action.RequestId})";
    }
}
