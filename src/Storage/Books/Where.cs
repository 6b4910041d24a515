namespace CloudManager.Storage.Books;

/// <summary>A where clause of constant conditions, of which those without a value are left out.</summary>
internal sealed class Where(string always)
{
    private readonly List<string> _conditions = [always];

    /// <summary>Adds the condition if there is a value; the value itself travels as a parameter.</summary>
    public Where And(string condition, object? value)
    {
        if (value is not null)
        {
            _conditions.Add(condition);
        }

        return this;
    }

    public override string ToString() => $"where {string.Join(" and ", _conditions)}";
}
