using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Journey.Tests.CrossCheck;

/// <summary>The same numbers and verdicts computed by verdicts.py, which shares nothing with the platform.</summary>
internal static class Independent
{
    public const string Missing = "there is no python3 on this machine";

    /// <summary>Its answer; null where there is no python3.</summary>
    public static async Task<JsonObject?> AnswerAsync(object question)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(question, JsonSerializerOptions.Web));
            var script = Path.Combine(Repository.Root, "tests", "Journey.Tests", "CrossCheck", "verdicts.py");
            var start = new ProcessStartInfo("python3", [script, Traces.Folder!, file])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return JsonNode.Parse(said)!.AsObject();
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
