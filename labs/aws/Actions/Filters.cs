using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>The filters of a describe: all of them must match, each with one of its values.</summary>
internal static class Filters
{
    /// <summary>Whether a thing passes.</summary>
    /// <param name="request">The describe.</param>
    /// <param name="tags">The thing's tags.</param>
    /// <param name="value">The thing's value under a filter's name; null for a filter this describe does not have.</param>
    public static bool Pass(
        QueryRequest request,
        IReadOnlyDictionary<string, string> tags,
        Func<string, string?> value
    ) =>
        request
            .Parts("Filter")
            .All(filter =>
            {
                var name = filter.Needed("Name");
                var values = filter.List("Value");
                return name == "tag-key" ? values.Any(tags.ContainsKey)
                    : name.StartsWith("tag:", StringComparison.Ordinal)
                        ? tags.TryGetValue(name[4..], out var tag) && values.Contains(tag)
                    : values.Contains(
                        value(name) ?? throw new Refused("InvalidParameterValue", $"The filter '{name}' is invalid")
                    );
            });

    public static bool Pass(QueryRequest request, Thing thing, Func<string, string?> value) =>
        Pass(request, thing.Tags, value);

    /// <summary>The things asked for by id, or all.</summary>
    /// <exception cref="Refused">One of the ids is unknown.</exception>
    public static IEnumerable<T> Of<T>(
        Region region,
        QueryRequest request,
        IReadOnlyDictionary<string, T> all,
        (string Parameter, string Error) id
    )
        where T : Thing
    {
        var ids = request.List(id.Parameter);
        return ids.Count == 0
            ? all.Values.Where(region.IsSeen).OrderBy(thing => thing.Id, StringComparer.Ordinal)
            : ids.Select(each => Known(region, all, each, id.Error));
    }

    /// <summary>The thing of this id.</summary>
    /// <exception cref="Refused">There is none, or it is not shown yet.</exception>
    public static T Known<T>(Region region, IReadOnlyDictionary<string, T> all, string id, string error)
        where T : Thing =>
        all.TryGetValue(id, out var thing) && region.IsSeen(thing)
            ? thing
            : throw new Refused($"{error}.NotFound", $"The ID '{id}' does not exist");

    /// <summary>A page of the things from the token on, and the token of the next.</summary>
    public static (IReadOnlyList<T> Items, string? Next) Page<T>(
        Region region,
        QueryRequest request,
        IEnumerable<T> all
    )
    {
        var size = Math.Min(request.Number("MaxResults") ?? int.MaxValue, region.Options.PageSize);
        var from = From(request);
        var items = all.Skip(from).Take(size + 1).ToList();
        return items.Count > size ? (items[..size], Token(from + size)) : (items, null);
    }

    public static int From(QueryRequest request) =>
        request.Text("NextToken") switch
        {
            null or "" => 0,
            var token when TryRead(token, out var from) => from,
            var token => throw new Refused("InvalidNextToken", $"The token '{token}' is invalid"),
        };

    public static string Token(int from) => Convert.ToBase64String(BitConverter.GetBytes(from));

    private static bool TryRead(string token, out int from)
    {
        var bytes = new byte[4];
        var isToken = Convert.TryFromBase64String(token, bytes, out var written) && written == 4;
        from = BitConverter.ToInt32(bytes);
        return isToken && from >= 0;
    }
}
