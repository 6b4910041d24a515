using System.CommandLine;
using System.CommandLine.Parsing;
using CloudManager.Cli.Output;

namespace CloudManager.Cli.Parsing;

/// <summary>Says what is wrong with a command line, in both languages.</summary>
internal static class Faults
{
    public static IReadOnlyList<Words> Of(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.Select(token => Unknown(token, parsed.CommandResult.Command)).ToList();
        // One that is unknown also makes the parser miss what it stands in place of.
        return unknown.Count > 0 ? unknown : [.. parsed.Errors.Select(fault => Of(fault)).Distinct()];
    }

    private static Words Of(ParseError fault)
    {
        if (fault.Message.Split(Symbols.Between) is [var zh, var en])
        {
            return new Words(zh, en);
        }

        return fault.SymbolResult switch
        {
            OptionResult option => Missing(option.Option, option.Option.Name),
            ArgumentResult argument => Missing(argument.Argument, argument.Argument.Name),
            CommandResult command when Required(command) is { } option => Missing(option, option.Name),
            CommandResult command when Absent(command) is { } argument => Missing(argument, argument.Name),
            CommandResult command => NoCommand(command.Command),
            _ => Words.Both(fault.Message),
        };
    }

    private static Option? Required(CommandResult command) =>
        command.Command.Options.FirstOrDefault(o => o.Required && command.GetResult(o) is null or { Implicit: true });

    private static Argument? Absent(CommandResult command) =>
        command.Command.Arguments.FirstOrDefault(a =>
            a.Arity.MinimumNumberOfValues > (command.GetResult(a)?.Tokens.Count ?? 0)
        );

    private static Words Unknown(string token, Command command)
    {
        var known = Known(command);
        return new(
            $"{NameOf(command)}：不认识“{token}”，应为 {known} 之一",
            $"{NameOf(command)}: '{token}' is unknown; expected one of {known}"
        );
    }

    private static Words Missing(Symbol symbol, string name)
    {
        var expected = Symbols.ExpectationOf(symbol) ?? Words.Both(symbol.Description ?? name);
        return new(
            $"{name}：缺少或重复，应为一个{expected.Zh}",
            $"{name}: missing or given twice; expected {expected.En}"
        );
    }

    private static Words NoCommand(Command command)
    {
        var known = Known(command);
        return new(
            $"{NameOf(command)}：缺少子命令，应为 {known} 之一",
            $"{NameOf(command)}: no command; expected one of {known}"
        );
    }

    private static string Known(Command command) =>
        string.Join(
            ", ",
            command
                .Subcommands.Where(c => !c.Hidden)
                .Select(c => c.Name)
                .Concat(command.Arguments.Select(a => a.Name))
                .Concat(command.Options.Select(o => o.Name))
        );

    private static string NameOf(Command command) => command is RootCommand ? Root.Name : command.Name;
}
