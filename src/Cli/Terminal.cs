using System.Text;

namespace CloudManager.Cli;

/// <summary>The terminal this process was started from.</summary>
internal static class Terminal
{
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(30);

    public static Surroundings Surroundings()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Surroundings
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Variable = Environment.GetEnvironmentVariable,
            AskPassword = Console.IsInputRedirected ? null : AskPasswordAsync,
        };
    }

    /// <summary>Key by key, so that nothing is shown and an interrupt is heard while nobody types.</summary>
    private static async Task<string> AskPasswordAsync(string prompt, CancellationToken cancellationToken)
    {
        await Console.Error.WriteAsync(prompt.AsMemory(), cancellationToken);
        var typed = new StringBuilder();
        while (true)
        {
            while (!Console.KeyAvailable)
            {
                await Task.Delay(KeyInterval, cancellationToken);
            }

            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                await Console.Error.WriteLineAsync();
                return typed.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }
    }
}
