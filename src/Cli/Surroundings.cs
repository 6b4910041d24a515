namespace CloudManager.Cli;

/// <summary>What a command meets where it is called: its streams, its variables, who types.</summary>
internal sealed record Surroundings
{
    public required TextReader In { get; init; }
    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }
    public required bool OutIsTerminal { get; init; }
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>The value of an environment variable; null if it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Asks for a password without showing it; null if nobody is there to type.</summary>
    public required Func<string, CancellationToken, Task<string>>? AskPassword { get; init; }

    /// <summary>A variable that is set to something.</summary>
    public string? Given(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;
}
