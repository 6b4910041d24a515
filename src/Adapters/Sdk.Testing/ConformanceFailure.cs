namespace CloudManager.Adapters.Sdk.Testing;

/// <summary>The pool does not do what the contract says. Never leaves the suite.</summary>
internal sealed class ConformanceFailure(string message) : Exception(message)
{
    /// <summary>Fails the check unless the condition holds.</summary>
    public static void Unless(bool condition, string message)
    {
        if (!condition)
        {
            throw new ConformanceFailure(message);
        }
    }

    /// <summary>Fails the check unless the call fails in this way.</summary>
    public static async Task UnlessFailsAsync(FailureKind expected, string what, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (AdapterException failure)
        {
            Unless(
                failure.Kind == expected,
                $"{what} failed with {failure.Kind} instead of {expected}: {failure.Message}"
            );
            return;
        }

        throw new ConformanceFailure($"{what} succeeded; expected was {expected}.");
    }

    /// <summary>Fails the check unless both are the same.</summary>
    public static void UnlessSame<T>(T expected, T actual, string what) =>
        Unless(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {expected}, found {actual}.");

    /// <summary>What a report says of a failure.</summary>
    public static string Describe(Exception failure) =>
        failure switch
        {
            ConformanceFailure => failure.Message,
            AdapterException known => $"{known.Kind}: {known.Message}{Origin(known)}",
            _ => $"The adapter threw {failure.GetType().Name}; the contract knows only AdapterException.",
        };

    private static string Origin(AdapterException failure) =>
        (failure.ProviderCode, failure.ProviderRequestId) switch
        {
            (null, null) => "",
            var (code, request) => $" (code {code ?? "none"}, request {request ?? "none"})",
        };
}

/// <summary>The check cannot be made on this pool, and why. Never leaves the suite.</summary>
internal sealed class CheckSkipped(string message) : Exception(message);
