using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using CloudManager.Cli.Output;

namespace CloudManager.Cli.Parsing;

/// <summary>Makes options and arguments whose faults name the option, the value and what was expected.</summary>
internal static class Symbols
{
    /// <summary>Between the two languages of a message that the parser carries.</summary>
    public const char Between = '\u001f';

    private static readonly ConditionalWeakTable<Symbol, Words> Expectations = [];

    public static Option<T> Option<T>(this Shape<T> shape, string name, string description, bool required = false)
    {
        var option = new Option<T>(name)
        {
            Description = description,
            Required = required,
            HelpName = HelpNameOf(name),
            CustomParser = result => Read(shape, result, name),
        };
        Expectations.Add(option, shape.Expected);
        return option;
    }

    public static Argument<T> Argument<T>(this Shape<T> shape, string name, string description)
    {
        var argument = new Argument<T>(name)
        {
            Description = description,
            CustomParser = result => Read(shape, result, name),
        };
        Expectations.Add(argument, shape.Expected);
        return argument;
    }

    /// <summary>What a value of it must look like; null for a switch.</summary>
    public static Words? ExpectationOf(Symbol symbol) =>
        Expectations.TryGetValue(symbol, out var expected) ? expected : null;

    private static T? Read<T>(Shape<T> shape, ArgumentResult result, string name)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        var (isRead, value) = shape.Read(text);
        if (isRead)
        {
            return value;
        }

        var (zh, en) = shape.Expected;
        result.AddError($"{name}：“{text}”无效，应为{zh}{Between}{name}: '{text}' is not valid; expected {en}");
        return default;
    }

    private static string HelpNameOf(string name) => name.TrimStart('-').ToUpperInvariant();
}
