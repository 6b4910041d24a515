using System.Text.Json;

namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>JSON as it is standardised: no comments, no trailing commas, no member twice in one object.</summary>
internal static class StrictJson
{
    /// <summary>The document; null if it is no JSON. Faults are added for that and for every doubled member.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8, List<AdaptersFault> faults)
    {
        try
        {
            FindDoubled(utf8.Span, faults);
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            // The parser's own words may quote the text, and the text may be a secret: only the place is told.
            var place = $"line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}";
            faults.Add(new AdaptersFault(place, null, "JSON in UTF-8 without comments and without trailing commas"));
            return null;
        }
    }

    private static void FindDoubled(ReadOnlySpan<byte> utf8, List<AdaptersFault> faults)
    {
        var reader = new Utf8JsonReader(utf8);
        var open = new Stack<Container>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    var path = open.TryPeek(out var outer) ? outer.Next() : "";
                    open.Push(new Container(path, reader.TokenType == JsonTokenType.StartArray));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    if (!open.Peek().Enter(reader.GetString()!))
                    {
                        faults.Add(new AdaptersFault(open.Peek().Next(), null, "a member that stands here only once"));
                    }

                    break;
                default:
                    if (open.TryPeek(out var holder))
                    {
                        holder.Next();
                    }

                    break;
            }
        }
    }

    /// <summary>An object or list that is being read.</summary>
    private sealed class Container(string path, bool isArray)
    {
        private readonly HashSet<string> _members = [];
        private string _member = "";
        private int _index;

        /// <summary>Notes the member; false if it was there before.</summary>
        public bool Enter(string member)
        {
            _member = member;
            return _members.Add(member);
        }

        /// <summary>The path of the value that comes now.</summary>
        public string Next() => isArray ? $"{path}[{_index++}]" : JsonPath.Member(path, _member);
    }
}

/// <summary>How places in the file are written.</summary>
internal static class JsonPath
{
    public static string Member(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";
}
