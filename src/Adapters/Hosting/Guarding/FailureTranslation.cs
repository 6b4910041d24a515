using CloudManager.Adapters.Hosting.Plugins;
using CloudManager.Adapters.Sdk;
using Microsoft.Extensions.Logging;
using Polly.Timeout;

namespace CloudManager.Adapters.Hosting.Guarding;

/// <summary>
/// Turns whatever comes out of an adapter into the contract's one exception: a bug in a plug-in does not break the
/// platform, and only the adapter's log says more than that it failed.
/// </summary>
internal sealed class FailureTranslation(string pool, TimeSpan callTimeout, ILogger logger)
{
    /// <summary>What the caller is to see.</summary>
    /// <param name="operation">The call.</param>
    /// <param name="failure">What came out of the adapter.</param>
    /// <param name="cancellationToken">The caller's token: only his own cancellation stays one.</param>
    public Exception Translate(string operation, Exception failure, CancellationToken cancellationToken)
    {
        switch (failure)
        {
            case AdapterException:
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                return failure;
            case TimeoutRejectedException or TimeoutException:
                return new AdapterException(
                    FailureKind.Unavailable,
                    $"'{operation}' was not answered within {callTimeout.TotalSeconds:0.###} s."
                );
            case PluginFailedException broken:
                logger.LogError(broken, "The plug-in of pool {Pool} failed in {Operation}", pool, operation);
                return new AdapterException(FailureKind.Unavailable, $"the plug-in failed: {broken.Reason.En}");
            default:
                logger.LogError(failure, "The adapter of pool {Pool} failed in {Operation}", pool, operation);
                return new AdapterException(FailureKind.Unavailable, $"the adapter failed: {failure.GetType().Name}");
        }
    }
}
