using System.Xml.Linq;

namespace CloudManager.Labs.Aws.Wire;

/// <summary>Writes answers as EC2's Query API has them.</summary>
internal static class Xml
{
    public static readonly XNamespace Ec2 = "http://ec2.amazonaws.com/doc/2016-11-15/";

    public static XElement Element(string name, params object?[] content) => new(Ec2 + name, content);

    /// <summary>A list; its members are called item.</summary>
    public static XElement Set(string name, IEnumerable<object?[]> items) =>
        Element(name, [.. items.Select(item => Element("item", item))]);

    public static XElement Tags(IReadOnlyDictionary<string, string> tags) =>
        Set("tagSet", tags.Select(tag => new object?[] { Element("key", tag.Key), Element("value", tag.Value) }));

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    public static string Error(string code, string message, string requestId) =>
        new XDocument(
            new XElement(
                "Response",
                new XElement(
                    "Errors",
                    new XElement("Error", new XElement("Code", code), new XElement("Message", message))
                ),
                new XElement("RequestID", requestId)
            )
        ).ToString(SaveOptions.DisableFormatting);
}
