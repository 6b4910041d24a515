using Microsoft.Extensions.Logging;

namespace CloudManager.Agent.Logs;

/// <summary>One line for each event: when, how grave, what. A bug's stack follows on lines of its own.</summary>
public sealed class LineLogs(TextWriter output, TimeProvider machineTime) : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = $"{machineTime.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {logLevel} {formatter(state, exception)}";
        lock (_gate)
        {
            output.WriteLine(exception is null ? line : $"{line}\n{exception}");
            output.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The writer is its owner's.
    }
}
