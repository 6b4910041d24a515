using CloudManager.Api.Web;
using CloudManager.Storage;

namespace CloudManager.Api.Composition;

/// <summary>The host's command line.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        用法 / Usage:
          cloudmanager [--urls URL] [--data DIR] [--books VALUE] [--metrics VALUE] [--adapters FILE]
                       [--demo] [--clock INSTANT]
          cloudmanager audit verify [--checkpoint SEQ:HASH|FILE] [--data DIR] [--books VALUE]
          cloudmanager audit checkpoint [--data DIR] [--books VALUE]
        """;

    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The data folder.</summary>
    public string Data { get; init; } = "data";

    /// <summary>The books' PostgreSQL connection string or a reference to it; null: see <see cref="BooksOption"/>.</summary>
    public string? Books { get; init; }

    /// <summary>The engine of the samples or a reference to it; null: see <see cref="MetricsOption"/>.</summary>
    public string? Metrics { get; init; }

    /// <summary>What <see cref="Metrics"/> or its environment variable names; null: the store embedded in the data folder.</summary>
    public MetricsAddress? Engine { get; init; }

    public string Adapters { get; init; } = "adapters.json";

    public bool Demo { get; init; }

    /// <summary>Where business time shall stand; demonstration only.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>A checkpoint to verify against, or the file that holds it.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The words that are no options: none to serve, or a sub-command.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Reads the arguments and lists every fault.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments, List<string> faults)
    {
        var options = new CommandLine();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                options = options with { Words = [.. options.Words, name] };
            }
            else if (name == "--demo")
            {
                options = options with { Demo = true };
            }
            else if (i + 1 == arguments.Count)
            {
                faults.Add($"{name}: 缺少值或未知选项 / lacks its value, or is no option");
            }
            else
            {
                options = With(options, name, arguments[++i], faults);
            }
        }

        Examine(options, faults);
        return options;
    }

    private static void Examine(CommandLine options, List<string> faults)
    {
        if (options is { Clock: not null, Demo: false })
        {
            faults.Add("--clock: 仅用于 --demo / only with --demo");
        }

        if (options.Words is not ([] or ["audit", "verify"] or ["audit", "checkpoint"]))
        {
            faults.Add($"{string.Join(' ', options.Words)}: 未知命令 / no such command");
        }

        var addresses = options.Urls.Split(';');
        if (
            !addresses.All(a =>
                a.StartsWith("http", StringComparison.Ordinal) && a.Contains("://", StringComparison.Ordinal)
            )
        )
        {
            faults.Add($"--urls: {options.Urls}: 如 / such as http://127.0.0.1:5080");
        }
    }

    private static CommandLine With(CommandLine options, string name, string value, List<string> faults)
    {
        switch (name)
        {
            case "--urls":
                return options with { Urls = value };
            case "--data":
                return options with { Data = value };
            case BooksOption.Name:
                return options with { Books = value };
            case MetricsOption.Name:
                return options with { Metrics = value };
            case "--adapters":
                return options with { Adapters = value };
            case "--checkpoint":
                return options with { Checkpoint = value };
            case "--clock" when Instants.TryParse(value, out var instant):
                return options with { Clock = instant };
            case "--clock":
                faults.Add($"--clock: {value}: 如 / such as 2026-03-01T09:00:00+08:00");
                return options;
            default:
                faults.Add($"{name}: 未知选项 / no such option");
                return options;
        }
    }
}
