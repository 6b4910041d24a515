using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;

namespace CloudManager.Cli;

/// <summary>cloudmgr: reads the command line, does it, and turns how it ended into an exit code.</summary>
internal static class App
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Surroundings around,
        CancellationToken cancellationToken
    )
    {
        var language = Languages.Choose(arguments, around);
        var endings = new Endings(new Screen(around, language));
        var parsed = Root.Build(new Shell(around, language))
            .Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        // Help is asked for in the midst of what may not be complete yet.
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            return endings.WrongCommandLine(Faults.Of(parsed));
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = around.Out,
                    Error = around.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancellationToken
            );
        }
        catch (Exception ending) when (endings.Knows(ending))
        {
            return endings.Of(ending);
        }
    }
}
