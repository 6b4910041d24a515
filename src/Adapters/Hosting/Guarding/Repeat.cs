using CloudManager.Adapters.Sdk;
using Polly;
using Polly.Retry;

namespace CloudManager.Adapters.Hosting.Guarding;

/// <summary>Which failures of a call may be answered by calling again.</summary>
internal enum Repeat
{
    /// <summary>Reading, and bringing something to a state: every transient failure.</summary>
    WhenTransient,

    /// <summary>
    /// Creating: only where the cloud said that nothing was done. After an uncertain failure the platform looks for
    /// what was made, by its key, before it calls again.
    /// </summary>
    WhenThrottled,
}

/// <summary>Makes the pipelines that call again.</summary>
internal static class RepeatPipelines
{
    /// <summary>A cloud that wants a longer pause is left to the caller, who has other things to do meanwhile.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public static ResiliencePipeline Make(Repeat repeat, int retries, TimeProvider machineTime, Action<string> onRetry)
    {
        if (retries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        var options = new RetryStrategyOptions
        {
            MaxRetryAttempts = retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(30),
            ShouldHandle = arguments => ValueTask.FromResult(May(repeat, arguments.Outcome.Exception)),
            DelayGenerator = arguments =>
                ValueTask.FromResult((arguments.Outcome.Exception as AdapterException)?.RetryAfter),
            OnRetry = arguments =>
            {
                onRetry(arguments.Context.OperationKey!);
                return ValueTask.CompletedTask;
            },
        };
        return new ResiliencePipelineBuilder { TimeProvider = machineTime }
            .AddRetry(options)
            .Build();
    }

    private static bool May(Repeat repeat, Exception? failure) =>
        failure is AdapterException known
        && (known.RetryAfter ?? TimeSpan.Zero) <= LongestWait
        && (repeat == Repeat.WhenTransient ? known.IsTransient : known.Kind == FailureKind.Throttled);
}
