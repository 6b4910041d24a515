using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Cli.Parsing;

namespace CloudManager.Cli.Commands;

/// <summary>The numbers of a draft: a JSON file, or single numbers set over those it starts from.</summary>
internal sealed class PolicyFlags
{
    private readonly Option<string> _file;
    private readonly Option<string[]> _set;

    public PolicyFlags(Shell shell)
    {
        _file = Shapes.Text.Option("--file", shell.Say("指标的 JSON 文件", "a JSON file with the numbers"));
        _set = new Option<string[]>("--set")
        {
            Description = shell.Say(
                "项目=值，可多次，如 lowUse.cpuMean=8",
                "NUMBER=VALUE, again and again, such as lowUse.cpuMean=8"
            ),
            HelpName = "NUMBER=VALUE",
        };
    }

    public Symbol[] Options => [_file, _set];

    public async Task<JsonElement> ReadAsync(Call call, JsonElement from, CancellationToken cancellationToken)
    {
        var start = call.Parsed.GetValue(_file) is { } file
            ? await JsonFile.ReadAsync("--file", file, cancellationToken)
            : from;
        if (start.ValueKind != JsonValueKind.Object)
        {
            throw new UsageException(new("--file：应为 JSON 对象", "--file: expected a JSON object"));
        }

        var numbers = JsonObject.Create(start)!;
        foreach (var wish in call.Parsed.GetValue(_set) ?? [])
        {
            Set(numbers, wish);
        }

        return JsonSerializer.SerializeToElement(numbers);
    }

    private static void Set(JsonObject numbers, string wish)
    {
        var parts = wish.Split('=');
        if (
            parts.Length != 2
            || !decimal.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        )
        {
            throw new UsageException(
                new(
                    $"--set：“{wish}”无效，应为 项目=值，如 lowUse.cpuMean=8",
                    $"--set: '{wish}' is not valid; expected NUMBER=VALUE such as lowUse.cpuMean=8"
                )
            );
        }

        var path = parts[0].Split('.');
        foreach (var name in path[..^1])
        {
            if (numbers[name] is not JsonObject inner)
            {
                numbers[name] = inner = [];
            }

            numbers = inner;
        }

        numbers[path[^1]] = value;
    }
}
