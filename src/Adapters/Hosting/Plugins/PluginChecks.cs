using System.Text.Json;
using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// What the schema cannot say about plug-ins: kinds that stand twice or are built in, and what a plug-in says to the
/// settings of its pools.
/// </summary>
internal static class PluginChecks
{
    /// <summary>Adds the faults of the declarations.</summary>
    public static void CheckKinds(JsonElement file, IEnumerable<string> builtIn, List<AdaptersFault> faults)
    {
        if (Member(file, "plugins") is not { ValueKind: JsonValueKind.Array } plugins)
        {
            return;
        }

        var taken = builtIn.ToHashSet();
        var own = new HashSet<string>();
        foreach (var (index, plugin) in plugins.EnumerateArray().Index())
        {
            if (Text(plugin, "kind") is not { } kind)
            {
                continue;
            }

            if (taken.Contains(kind))
            {
                Fault(index, kind, "a kind that is not built in");
            }
            else if (!own.Add(kind))
            {
                Fault(index, kind, "a kind that no other plug-in has");
            }
        }

        void Fault(int index, string kind, string expected) =>
            faults.Add(AdaptersFault.At($"plugins[{index}].kind", $"\"{kind}\"", expected));
    }

    /// <summary>The kinds the file declares as plug-ins.</summary>
    public static HashSet<string> Kinds(JsonElement file) =>
        Member(file, "plugins") is { ValueKind: JsonValueKind.Array } plugins
            ? [.. plugins.EnumerateArray().Select(plugin => Text(plugin, "kind")).OfType<string>()]
            : [];

    /// <summary>
    /// Lets the plug-ins check the settings of their pools. What they find is a fault of the file; one that fails at it
    /// does not serve that pool.
    /// </summary>
    public static async Task CheckSettingsAsync(
        JsonElement file,
        IReadOnlyDictionary<string, Plugin> plugins,
        TimeSpan patience,
        List<AdaptersFault> faults
    )
    {
        foreach (var (index, pool) in file.GetProperty("pools").EnumerateArray().Index())
        {
            if (plugins.GetValueOrDefault(Text(pool, "adapter")!) is not { Refusal: null } plugin)
            {
                continue;
            }

            var settings = Member(pool, "settings") ?? JsonElement.Parse("{}");
            try
            {
                var checking = plugin.Threads.RunAsync(() =>
                    Task.FromResult(Faults(plugin, settings, $"pools[{index}].settings"))
                );
                faults.AddRange(await checking.WaitAsync(patience));
            }
            catch (PluginFailedException failed)
            {
                plugin.Withhold(Text(pool, "id")!, failed.Reason);
            }
            catch (TimeoutException)
            {
                Bilingual why = ("检查设置未返回", "the check of the settings did not come back");
                plugin.Withhold(Text(pool, "id")!, why);
            }
        }
    }

    private static List<AdaptersFault> Faults(Plugin plugin, JsonElement settings, string path)
    {
        try
        {
            return
            [
                .. (plugin.Validate(settings) ?? throw Nothing()).Select(fault => At(path, fault ?? throw Nothing())),
            ];
        }
#pragma warning disable CA1031 // The border of a plug-in: whatever its check throws is told of its pool.
        catch (Exception failure) when (failure is not PluginFailedException)
#pragma warning restore CA1031
        {
            throw PluginFailedException.Of("Validate", failure);
        }
    }

    private static AdaptersFault At(string path, SettingFault fault) =>
        AdaptersFault.At(JsonPath.Member(path, fault.Path), fault.Value, fault.Expected);

    private static PluginFailedException Nothing() => PluginFailedException.Nothing("Validate");

    private static JsonElement? Member(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement holder, string name) =>
        Member(holder, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
