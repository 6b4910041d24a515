using System.Runtime.CompilerServices;
using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>
/// Measured use up to the last finished slot of business time. Servers it does not know have no samples. With a clock that
/// is wrong, samples bear its labels, by whole slots, and are asked for by them.
/// </summary>
internal sealed class MockUsage(MockCalls calls, SeriesSource source, TimeSpan? clockOffset) : IUsageSource
{
    private readonly long _ahead = (long)
        Math.Round((clockOffset ?? TimeSpan.Zero) / Slots.Length, MidpointRounding.AwayFromZero);

    private volatile bool _wasAsked;

    /// <summary>Keeps a batch (64 bytes a sample) out of the heap of large objects.</summary>
    private const int BatchSize = 1_024;

    /// <summary>Told from the first call on, as an adapter finds it out from the answers of its cloud.</summary>
    public TimeSpan? ClockOffset => _wasAsked ? clockOffset : null;

    public async IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        _wasAsked = true;
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
            (
                Slots.From(from.ToUnixTimeMilliseconds()) - _ahead,
                Math.Min(Slots.From(until.ToUnixTimeMilliseconds()) - _ahead, underWay)
            ),
            _ahead
        );
    }
}
