using CloudManager.Cli.Output;

namespace CloudManager.Cli;

/// <summary>The command cannot be done as it was given: a file, a variable or a value is wrong.</summary>
internal sealed class UsageException(Words what) : Exception(what.En)
{
    public Words What => what;
}

/// <summary>Nobody is signed in on the server.</summary>
internal sealed class NotSignedInException(string server) : Exception($"not signed in on {server}")
{
    public string Server => server;
}

/// <summary>What was waited for did not come in time.</summary>
internal sealed class WaitedTooLongException(Words what) : Exception(what.En)
{
    public Words What => what;
}

/// <summary>Something is not as it should be, though every call was answered.</summary>
internal sealed class NotAsExpectedException(Words what) : Exception(what.En)
{
    public Words What => what;
}
