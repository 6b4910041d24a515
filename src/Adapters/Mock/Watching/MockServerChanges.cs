using CloudManager.Adapters.Mock.Servers;
using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Watching;

/// <summary>What changed since an instant of business time, which is the simulated cloud's own time.</summary>
/// <param name="calls">The wire.</param>
/// <param name="working">How long the cloud may work on a server, machine time; zero where all is done at once.</param>
internal sealed class MockServerChanges(MockCalls calls, TimeSpan working) : IServerChanges
{
    public IAsyncEnumerable<ServerChange> ListAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        calls
            .ListAsync(
                MockOperations.ListServerChanges,
                tables => Since(tables, since.ToUnixTimeMilliseconds()),
                cancellationToken
            )
            .Select(row => new ServerChange(
                new NativeId(row.Id),
                row.RemovedAt is null ? ServerView.Of(row, calls.Now) : null
            ));

    private ServerRow[] Since(CloudTables tables, long since) =>
        [
            .. tables.Servers.Rows.Where(row => (row.ChangedAt ?? row.Now.At) >= since || MayHaveSettled(row, since)),
            .. tables.Removed.Where(row => row.RemovedAt >= since),
        ];

    /// <summary>
    /// Settling follows machine time, which business time is never behind: that much of business time ago, or later.
    /// </summary>
    private bool MayHaveSettled(ServerRow row, long since) =>
        working > TimeSpan.Zero && calls.Cloud.Now - Math.Max(0, calls.Now - row.ReadyAt) >= since;
}
