using System.Text.Json;
using CloudManager.Adapters.Hosting.Secrets;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>
/// What the schema cannot say: ids and rows that stand twice, adapters nobody has, settings the adapter refuses,
/// secrets. Everything here looks only at what has the right shape; the rest is the schema's fault already.
/// </summary>
internal sealed class PoolChecks(
    IReadOnlyDictionary<string, IAdapterFactory> factories,
    IReadOnlySet<string> plugins,
    string folder,
    List<AdaptersFault> faults
)
{
    /// <summary>Adds the faults of all pools.</summary>
    public void Run(JsonElement file)
    {
        var ids = new HashSet<string>();
        foreach (var (index, pool) in Items(file, "pools").Index())
        {
            var path = $"pools[{index}]";
            if (pool.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            if (Text(pool, "id") is { } id && !ids.Add(id))
            {
                Fault($"{path}.id", id, "an id that no other pool has");
            }

            CheckSettings(pool, path);
            if (Member(pool, "mapping") is { } mapping)
            {
                CheckFlavours(mapping, $"{path}.mapping.flavours");
            }
        }
    }

    private void CheckSettings(JsonElement pool, string path)
    {
        var settings = Member(pool, "settings") ?? JsonElement.Parse("{}");
        new SecretScan(folder, faults).Run(settings, $"{path}.settings", isSecret: false);
        // What a plug-in says to the settings of its pools is heard when it is loaded.
        if (Text(pool, "adapter") is not { } adapter || plugins.Contains(adapter))
        {
            return;
        }

        if (!factories.TryGetValue(adapter, out var factory))
        {
            var known = string.Join(", ", factories.Keys.Concat(plugins).Order(StringComparer.Ordinal));
            Fault($"{path}.adapter", adapter, $"a known adapter: {known}");
            return;
        }

        if (settings.ValueKind == JsonValueKind.Object)
        {
            faults.AddRange(Faults(factory, settings, $"{path}.settings"));
        }
    }

    private static IEnumerable<AdaptersFault> Faults(IAdapterFactory factory, JsonElement settings, string path)
    {
        try
        {
            return factory
                .Validate(settings)
                .Select(fault => AdaptersFault.At(JsonPath.Member(path, fault.Path), fault.Value, fault.Expected));
        }
#pragma warning disable CA1031 // An adapter may come from outside: whatever its check throws is a fault of this pool.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return
            [
                new AdaptersFault(path, null, $"settings the adapter can check; it failed: {failure.GetType().Name}"),
            ];
        }
    }

    private void CheckFlavours(JsonElement mapping, string path)
    {
        var seen = new HashSet<(string? Item, double Vcpus, double MemoryGiB)>();
        foreach (var (index, row) in Items(mapping, "flavours").Index())
        {
            if (Number(row, "vcpus") is not { } vcpus || Number(row, "memoryGiB") is not { } memoryGiB)
            {
                continue;
            }

            var items = Items(row, "items").Select(item => item.ToString()).DefaultIfEmpty();
            foreach (var item in items.Where(item => !seen.Add((item, vcpus, memoryGiB))).Take(1))
            {
                var size = $"{vcpus} vCPU, {memoryGiB} GiB{(item is null ? "" : $" for {item}")}";
                faults.Add(new AdaptersFault($"{path}[{index}]", size, "a size that no other row has"));
            }
        }
    }

    private void Fault(string path, string value, string expected) =>
        faults.Add(AdaptersFault.At(path, $"\"{value}\"", expected));

    private static JsonElement? Member(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement holder, string name) =>
        Member(holder, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static string? Text(JsonElement holder, string name) =>
        Member(holder, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement holder, string name) =>
        Member(holder, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value)
            ? value
            : null;
}
