using CloudManager.Cli.Output;
using CloudManager.Client;
using CloudManager.Client.Requests;

namespace CloudManager.Cli;

/// <summary>Waits for what the platform does by itself.</summary>
internal sealed class Waiting(CloudManagerClient api, Screen screen)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Where a request's way ends; inService is an end as well, and often the one waited for.
    private static readonly string[] Ends = ["rejected", "withdrawn", "expired", "inService", "ended"];

    /// <summary>How long at most.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>The request, once it is in the state.</summary>
    public Task<Request> UntilAsync(string id, string state, CancellationToken cancellationToken) =>
        screen.WhileAsync(
            screen.Say($"等待 {id} 进入 {state}", $"waiting for {id} to be {state}"),
            tell => PollAsync(id, state, tell, cancellationToken)
        );

    private async Task<Request> PollAsync(
        string id,
        string state,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var now = "";
        try
        {
            while (true)
            {
                var request = await api.Requests.FindAsync(id, patience.Token);
                now = request.State;
                if (now == state)
                {
                    return request;
                }

                RefuseDeadEnd(request, state);
                tell(screen.Say($"{id}：{now}，等待 {state}", $"{id}: {now}, waiting for {state}"));
                await Task.Delay(Interval, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WaitedTooLongException(
                new(
                    $"{id} 在 {Patience} 内没有进入 {state}，现为 {now}",
                    $"{id} was not {state} within {Patience}; it is {now}"
                )
            );
        }
    }

    private static void RefuseDeadEnd(Request request, string state)
    {
        if (Ends.Contains(request.State))
        {
            throw new NotAsExpectedException(
                new(
                    $"{request.Id} 已是 {request.State}，不会再进入 {state}",
                    $"{request.Id} is {request.State} and will not be {state}"
                )
            );
        }

        if (request.Order == "failed")
        {
            throw new NotAsExpectedException(
                new(
                    $"{request.Id} 的工单失败，须重新下达或改选资源池",
                    $"the order of {request.Id} failed; it must be issued again or go to another pool"
                )
            );
        }
    }
}
