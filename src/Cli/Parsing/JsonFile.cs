using System.Text.Json;

namespace CloudManager.Cli.Parsing;

/// <summary>JSON that people wrote into a file; what it means is for the platform to judge.</summary>
internal static class JsonFile
{
    public static async Task<JsonElement> ReadAsync(string option, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(
                new(
                    $"{option}：“{path}”不存在，应为 JSON 文件",
                    $"{option}: '{path}' does not exist; expected a JSON file"
                )
            );
        }

        try
        {
            return JsonElement.Parse(await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (JsonException fault)
        {
            var place = $"{path}:{fault.LineNumber + 1}:{fault.BytePositionInLine + 1}";
            throw new UsageException(
                new(
                    $"{option}：“{place}”不是 JSON：{fault.Message}",
                    $"{option}: '{place}' is not JSON: {fault.Message}"
                )
            );
        }
    }
}
