namespace CloudManager.Adapters.OpenStack.Identity;

/// <summary>A token of the pool's project, with what it opens.</summary>
/// <param name="Value">The token itself. It stands in no message.</param>
/// <param name="RenewAt">From when on a new one is asked for, by machine time.</param>
/// <param name="Project">The project's id.</param>
/// <param name="Catalogue">The endpoints of the pool's region.</param>
internal sealed record CloudToken(string Value, DateTimeOffset RenewAt, string Project, Catalogue Catalogue)
{
    /// <inheritdoc/>
    public override string ToString() => $"a token of project '{Project}'";
}
