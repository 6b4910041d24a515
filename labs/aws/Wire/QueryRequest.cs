using System.Globalization;

namespace CloudManager.Labs.Aws.Wire;

/// <summary>The parameters of a call: members in a form, lists by number from 1, e.g. <c>Filter.1.Value.2</c>.</summary>
internal sealed class QueryRequest(IReadOnlyDictionary<string, string> values)
{
    public string Action => Text("Action") ?? "";

    public string? Text(string name) => values.TryGetValue(name, out var value) ? value : null;

    /// <exception cref="Refused">It is missing.</exception>
    public string Needed(string name) =>
        Text(name) ?? throw new Refused("MissingParameter", $"The request must contain the parameter {name}");

    public int? Number(string name) =>
        Text(name) is not { } text ? null
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
        : throw new Refused("InvalidParameterValue", $"Value ({text}) for parameter {name} is invalid.");

    public bool? Flag(string name) => Text(name) is { } text ? text is "true" : null;

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> List(string name) =>
        [.. Numbered().Select(i => Text($"{name}.{i}")).TakeWhile(text => text is not null).Select(text => text!)];

    /// <summary>The members of a list, each with names of its own.</summary>
    public IReadOnlyList<QueryRequest> Parts(string name) =>
        [.. Numbered().Select(i => Part($"{name}.{i}")).TakeWhile(part => part.Count > 0)];

    public QueryRequest Part(string name) =>
        new(
            values
                .Where(each => each.Key.StartsWith($"{name}.", StringComparison.Ordinal))
                .ToDictionary(each => each.Key[(name.Length + 1)..], each => each.Value)
        );

    public int Count => values.Count;

    /// <summary>All parameters in one text: what a client token is compared by.</summary>
    public string Print() =>
        string.Join(
            '&',
            values.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}")
        );

    /// <summary>The tags that the create gives to things of this type.</summary>
    public Dictionary<string, string> Tags(string type) =>
        Parts("TagSpecification")
            .Where(each => each.Text("ResourceType") == type)
            .SelectMany(each => each.Parts("Tag"))
            .ToDictionary(tag => tag.Needed("Key"), tag => tag.Text("Value") ?? "");

    private static IEnumerable<int> Numbered() => Enumerable.Range(1, 10_000);
}

/// <summary>A call that is refused with an error of the API.</summary>
#pragma warning disable CA1032, CA1064 // It never leaves the simulator, and without a code it means nothing.
internal sealed class Refused(string code, string message, int status = 400) : Exception(message)
#pragma warning restore CA1032, CA1064
{
    public string Code => code;

    public int Status => status;
}
