using System.Text.Json;
using CloudManager.Adapters.Mock.Faults;
using CloudManager.Adapters.Mock.Usage;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock;

/// <summary>Reads a mock pool's settings and lists everything wrong with them.</summary>
internal static class MockSettingsReader
{
    private static readonly string Kinds = string.Join(
        ", ",
        Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)
    );

    /// <summary>The settings; usable only if no fault was added.</summary>
    public static MockSettings Read(JsonElement settings, List<SettingFault> faults)
    {
        if (settings.ValueKind == JsonValueKind.Undefined || !SettingsCursor.IsObject(settings, "", faults))
        {
            return new MockSettings();
        }

        var cursor = new SettingsCursor(settings, "", faults);
        var defaults = new MockSettings();
        var read = new MockSettings
        {
            Seed = (int)cursor.Whole("seed", int.MinValue, int.MaxValue, 0),
            State = cursor.Text("state", "the path of a file"),
            Traces = cursor.Text("traces", "the path of a folder"),
            Habits = Habits(cursor),
            ClockOffset = cursor.Duration("clockOffset", TimeSpan.FromDays(1)),
            Faults = Faults(cursor.Inner("faults"), faults),
            Capacity = Capacity(cursor.Inner("capacity")),
            CreateTime = TimeSpan.FromSeconds(cursor.Number("createSeconds", 0, 86_400, 0)),
            ResizeTime = TimeSpan.FromSeconds(cursor.Number("resizeSeconds", 0, 86_400, 0)),
            SlowTime = Milliseconds(cursor, "slowMilliseconds", defaults.SlowTime),
            ThrottleTime = Milliseconds(cursor, "throttleMilliseconds", defaults.ThrottleTime),
            ResizeNeedsStop = cursor.Flag("resizeNeedsStop"),
            ResizeNeedsConfirm = cursor.Flag("resizeNeedsConfirm"),
            LargestVolumeGiB = (int)cursor.Whole("largestVolumeGiB", 1, 1_048_576, defaults.LargestVolumeGiB),
        };
        cursor.RefuseRest();
        return read;
    }

    private static TimeSpan Milliseconds(SettingsCursor cursor, string name, TimeSpan fallback) =>
        TimeSpan.FromMilliseconds(cursor.Whole(name, 0, 600_000, (long)fallback.TotalMilliseconds));

    private static Habit[] Habits(SettingsCursor cursor)
    {
        var habits = cursor.Words("habits", Habit.Named.Keys);
        if (habits.Count > 0 && cursor.Has("traces"))
        {
            cursor.Fault("habits", null, "no habits where traces are replayed");
        }

        return [.. habits.Select(name => Habit.Named[name])];
    }

    private static MockCapacity Capacity(SettingsCursor? cursor)
    {
        if (cursor is null)
        {
            return new MockCapacity(null, null, null);
        }

        var capacity = new MockCapacity(cursor.Bound("vcpus"), cursor.Bound("memoryGiB"), cursor.Bound("storageGiB"));
        cursor.RefuseRest();
        return capacity;
    }

    private static Dictionary<string, IReadOnlyList<FaultRule>> Faults(
        SettingsCursor? cursor,
        List<SettingFault> faults
    )
    {
        var rules = new Dictionary<string, IReadOnlyList<FaultRule>>();
        foreach (var member in cursor?.Rest() ?? [])
        {
            if (!MockOperations.All.Contains(member.Name))
            {
                var known = string.Join(", ", MockOperations.All.Order(StringComparer.Ordinal));
                cursor!.Fault(member.Name, member.Value, $"an operation of the mock: {known}");
                continue;
            }

            rules[member.Name] = [.. Rules(member.Value, cursor!.PathOf(member.Name), faults)];
        }

        return rules;
    }

    private static IEnumerable<FaultRule> Rules(JsonElement value, string path, List<SettingFault> faults)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return Rule(value, path, faults) is { } single ? [single] : [];
        }

        return value
            .EnumerateArray()
            .Select((rule, index) => Rule(rule, $"{path}[{index}]", faults))
            .OfType<FaultRule>();
    }

    private static FaultRule? Rule(JsonElement value, string path, List<SettingFault> faults)
    {
        if (!SettingsCursor.IsObject(value, path, faults))
        {
            return null;
        }

        var cursor = new SettingsCursor(value, path, faults);
        var expected = $"one of {Kinds}";
        var name = cursor.Text("kind", expected);
        var known = FaultKindOf(name);
        if (known is null && (name is not null || !value.TryGetProperty("kind", out _)))
        {
            cursor.Fault("kind", value.TryGetProperty("kind", out var kind) ? kind : null, expected);
        }

        if (!value.TryGetProperty("probability", out _))
        {
            cursor.Fault("probability", null, "a number from 0 to 1");
        }

        var probability = cursor.Number("probability", 0, 1, 0);
        cursor.RefuseRest();
        return known is { } found ? new FaultRule(found, probability) : null;
    }

    private static FaultKind? FaultKindOf(string? name)
    {
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) == name)
            {
                return kind;
            }
        }

        return null;
    }
}
