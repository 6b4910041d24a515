using System.Runtime.CompilerServices;
using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>Measured use up to the last finished slot of business time. Servers it does not know have no samples.</summary>
internal sealed class MockUsage(MockCalls calls, SeriesSource source) : IUsageSource
{
    /// <summary>Keeps a batch (64 bytes a sample) out of the heap of large objects.</summary>
    private const int BatchSize = 1_024;

    public async IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var answerIsLost = await calls.EnterAsync(MockOperations.ReadUsage, cancellationToken);
        var rows = calls.Cloud.Run(tables => servers.Select(server => tables.Measured(server.Value)).ToArray());
        var batch = new UsageSample[BatchSize];
        var count = 0;
        foreach (var row in rows.OfType<ServerRow>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var server = Measure(row, from, until);
            while (!server.IsDone)
            {
                count = server.Fill(batch, count);
                if (count == batch.Length)
                {
                    yield return batch;
                    (batch, count) = (new UsageSample[BatchSize], 0);
                }
            }
        }

        if (answerIsLost)
        {
            throw MockCalls.Lost(MockOperations.ReadUsage);
        }

        if (count > 0)
        {
            yield return batch.AsSpan(0, count).ToArray();
        }
    }

    private MeasuredServer Measure(ServerRow row, DateTimeOffset from, DateTimeOffset until)
    {
        // The slot that is under way is not measured yet.
        var underWay = Slots.Of(calls.Cloud.Now);
        return new MeasuredServer(
            row,
            source.Of(row),
            Slots.From(from.ToUnixTimeMilliseconds()),
            Math.Min(Slots.From(until.ToUnixTimeMilliseconds()), underWay)
        );
    }
}
