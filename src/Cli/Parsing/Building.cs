using System.CommandLine;

namespace CloudManager.Cli.Parsing;

/// <summary>Puts commands together.</summary>
internal static class Building
{
    public static Command With(this Command command, Action<Command> shape)
    {
        shape(command);
        return command;
    }

    public static Command With(this Command command, params Symbol[] parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case Option option:
                    command.Add(option);
                    break;
                case Argument argument:
                    command.Add(argument);
                    break;
                case Command inner:
                    command.Add(inner);
                    break;
            }
        }

        return command;
    }
}
