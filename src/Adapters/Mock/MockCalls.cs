using System.Runtime.CompilerServices;
using CloudManager.Adapters.Mock.Faults;
using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock;

/// <summary>The wire between the adapter and the simulated cloud: every call goes through here and may be hit.</summary>
internal sealed class MockCalls(
    SimulatedCloud cloud,
    FaultInjector faults,
    MockSettings settings,
    TimeProvider machineTime
)
{
    public SimulatedCloud Cloud { get; } = cloud;

    /// <summary>Machine time in Unix milliseconds.</summary>
    public long Now => machineTime.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>One call with an answer.</summary>
    public async Task<T> AskAsync<T>(string operation, Func<CloudTables, T> action, CancellationToken cancellationToken)
    {
        var answerIsLost = await EnterAsync(operation, cancellationToken);
        var answer = Cloud.Run(action);
        return answerIsLost ? throw Lost(operation) : answer;
    }

    /// <summary>One call without an answer.</summary>
    public Task TellAsync(string operation, Action<CloudTables> action, CancellationToken cancellationToken) =>
        AskAsync(
            operation,
            tables =>
            {
                action(tables);
                return true;
            },
            cancellationToken
        );

    /// <summary>One listing. A lost answer is one that breaks off half way.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string operation,
        Func<CloudTables, IReadOnlyList<T>> snapshot,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var answerIsLost = await EnterAsync(operation, cancellationToken);
        var all = Cloud.Run(snapshot);
        for (var index = 0; index < all.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (answerIsLost && index >= all.Count / 2)
            {
                break;
            }

            yield return all[index];
        }

        if (answerIsLost)
        {
            throw Lost(operation);
        }
    }

    /// <summary>Lets the call in, late or not at all; answers whether its answer will be lost.</summary>
    public async Task<bool> EnterAsync(string operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var draw = faults.Draw(operation);
        if (draw.Slow)
        {
            await Task.Delay(settings.SlowTime, machineTime, cancellationToken);
        }

        return draw.Failure switch
        {
            null => false,
            FaultKind.TimeoutAfterSuccess => true,
            FaultKind.TimeoutBefore => throw MockErrors.Unavailable($"No answer to '{operation}' came in time."),
            FaultKind.Throttled => throw MockErrors.Throttled(settings.ThrottleTime),
            FaultKind.NoCapacity => throw MockErrors.NoCapacity("The pool has no room left."),
            _ => throw MockErrors.Unavailable("The cloud is out of service for a moment."),
        };
    }

    /// <summary>What the caller sees of a call that was done and whose answer was lost.</summary>
    public static AdapterException Lost(string operation) =>
        MockErrors.Unavailable($"No answer to '{operation}' came in time.");
}
