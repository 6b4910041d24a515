using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>Makes rows of the report of what was measured.</summary>
internal static class UtilisationRows
{
    private static readonly UtilisationRow Nothing = new RollUp().ToRow();

    /// <summary>Whether each resource has a row of its own, so that pages need not look at all.</summary>
    public static bool IsAlone(UtilisationBy by) => by is UtilisationBy.Resource or UtilisationBy.Volume;

    /// <summary>The row of one resource in one stretch.</summary>
    public static UtilisationRow Alone(MeasuredStretch measured)
    {
        var subject = measured.Subject;
        if (measured is { Use: { } use, Subject.Kind: Catalogue.ItemKind.Server })
        {
            var sum = new RollUp();
            sum.Add(subject, use);
            return Named(UtilisationBy.Resource, sum.ToRow(), measured);
        }

        var isLeftOut = measured.Use is { Disk.Measured: 0 };
        return Named(UtilisationBy.Resource, Nothing, measured) with
        {
            AttachedTo = subject.PartOf,
            AllocatedGiB = subject.Spec.SizeGiB,
            Resources = measured.Use is null ? 0 : 1,
            LeftOut = isLeftOut ? 1 : 0,
            Disk = RollUp.DiskOf(measured.Use),
        };
    }

    /// <summary>What a roll-up is known by.</summary>
    public static string KeyOf(UtilisationBy by, Resource server) =>
        by switch
        {
            UtilisationBy.System => server.System,
            UtilisationBy.Tenant => server.Tenant,
            UtilisationBy.Pool => server.Pool.Value,
            UtilisationBy.Region => server.Region,
            _ => ProvinceOf(server.Region),
        };

    /// <summary>The row as it is known: whose it is, and when.</summary>
    public static UtilisationRow Named(UtilisationBy by, UtilisationRow row, MeasuredStretch measured)
    {
        var server = measured.Subject;
        var named = row with { Window = (measured.Stretch.From, measured.Stretch.Until) };
        return by switch
        {
            UtilisationBy.System => named with { System = server.System, Tenant = server.Tenant },
            UtilisationBy.Tenant => named with { Tenant = server.Tenant },
            UtilisationBy.Pool => named with { Pool = server.Pool },
            UtilisationBy.Region => named with { Region = server.Region },
            UtilisationBy.Province => named with { Province = ProvinceOf(server.Region) },
            _ => named with
            {
                Resource = server.Id,
                System = server.System,
                Tenant = server.Tenant,
                Pool = server.Pool,
            },
        };
    }

    /// <summary>The province of a region by its administrative code (行政区划代码, GB/T 2260): the first two of its digits.</summary>
    private static string ProvinceOf(string region) =>
        region.Length == 6 && region.All(char.IsAsciiDigit) ? $"{region[..2]}0000" : region;
}

/// <summary>The rows by one key, as they come together.</summary>
internal sealed class UtilisationSums(UtilisationBy by)
{
    private readonly List<UtilisationRow> _alone = [];
    private readonly SortedDictionary<(string Key, DateOnly From), (MeasuredStretch First, RollUp Sum)> _rollUps = new(
        Comparer<(string Key, DateOnly From)>.Create(
            (left, right) =>
                string.CompareOrdinal(left.Key, right.Key) is var order and not 0
                    ? order
                    : left.From.CompareTo(right.From)
        )
    );

    public void Add(MeasuredStretch measured)
    {
        if (UtilisationRows.IsAlone(by))
        {
            _alone.Add(UtilisationRows.Alone(measured));
            return;
        }

        var key = (UtilisationRows.KeyOf(by, measured.Subject), measured.Stretch.From);
        if (!_rollUps.TryGetValue(key, out var rollUp))
        {
            _rollUps[key] = rollUp = (measured, new RollUp());
        }

        rollUp.Sum.Add(measured.Subject, measured.Use!);
    }

    /// <summary>In order of key and stretch.</summary>
    public IReadOnlyList<UtilisationRow> ToRows() =>
        [.. _alone, .. _rollUps.Values.Select(r => UtilisationRows.Named(by, r.Sum.ToRow(), r.First))];

    /// <summary>Roll-ups with the place of each.</summary>
    public IEnumerable<(RowPlace Place, UtilisationRow Row)> Placed() =>
        _rollUps.Select(r =>
            (new RowPlace(r.Key.Key, r.Key.From), UtilisationRows.Named(by, r.Value.Sum.ToRow(), r.Value.First))
        );
}

/// <summary>Where a row stands: what it is about, and its first day.</summary>
internal readonly record struct RowPlace(string Key, DateOnly From)
{
    private const char Between = '/';

    /// <summary>As a cursor holds it: without the day where a subject has but one row.</summary>
    public string ToCursor(UtilisationStep? step) =>
        step is null ? Key : $"{Key}{Between}{From.ToString("yyyy-MM-dd", null)}";

    public static RowPlace? Of(string? cursor, UtilisationStep? step)
    {
        if (cursor is null)
        {
            return null;
        }

        if (step is null)
        {
            return new(cursor, DateOnly.MaxValue);
        }

        var cut = cursor.LastIndexOf(Between);
        return cut >= 0 && DateOnly.TryParseExact(cursor[(cut + 1)..], "yyyy-MM-dd", out var from)
            ? new(cursor[..cut], from)
            : new(cursor, DateOnly.MaxValue);
    }
}
