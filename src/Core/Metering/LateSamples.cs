namespace CloudManager.Core.Metering;

/// <summary>
/// Asks a pool again for the slots of its servers that hold no row, over days that are collected: what came later than the
/// hour that every look reads again. Slots that hold a row are not asked for, as far as the holes are not too many kinds.
/// </summary>
internal sealed class LateSamples(ISampleStore samples)
{
    /// <summary>How many days back is looked.</summary>
    public const int Days = 3;

    /// <summary>The local hour from which on a day's look is due.</summary>
    public const int DueHour = 1;

    /// <summary>How many kinds of holes of a piece are asked for each by itself; the rest is asked for together.</summary>
    private const int MostApart = 32;

    /// <summary>Up to so many servers with holes, their rows are looked up one by one.</summary>
    private const int Few = 64;

    public async Task ExecuteAsync(
        PoolReading reading,
        SlotRange range,
        Action<SlotRange> stored,
        CancellationToken cancellationToken
    )
    {
        for (var first = range.First; first < range.Past; first += reading.Width)
        {
            var piece = new SlotRange(first, Math.Min(first + reading.Width, range.Past));
            while (!await PieceAsync(reading, piece, stored, cancellationToken))
            {
                // Somebody else stored something of this pool meanwhile: its holes are other ones now.
            }
        }
    }

    /// <summary>False if somebody else collected the pool meanwhile.</summary>
    private async Task<bool> PieceAsync(
        PoolReading reading,
        SlotRange piece,
        Action<SlotRange> stored,
        CancellationToken cancellationToken
    )
    {
        var mark = await samples.MarkAsync(reading.Pool, cancellationToken);
        if (mark is null || mark.Slot < piece.Past)
        {
            return true;
        }

        var lacking = await LackingAsync(reading, piece, cancellationToken);
        if (lacking.Count == 0)
        {
            return true;
        }

        var held = await HeldAsync(lacking, piece, cancellationToken);
        await reading.TakeAsync(piece, held, Ask(lacking, piece, held), cancellationToken);
        if (await reading.StoreAsync(piece, mark, cancellationToken) is not { } after)
        {
            return false;
        }

        if (after != mark)
        {
            stored(piece);
        }

        return true;
    }

    /// <summary>The servers with fewer rows than they have slots.</summary>
    private async Task<IReadOnlyList<MeteredServer>> LackingAsync(
        PoolReading reading,
        SlotRange piece,
        CancellationToken cancellationToken
    )
    {
        var rows = await samples.CountAsync(reading.Resources, piece, cancellationToken);
        return [.. reading.Servers.Where(server => rows.GetValueOrDefault(server.Id) < Life(server, piece).Count)];
    }

    private static SlotRange Life(MeteredServer server, SlotRange piece) =>
        piece with
        {
            First = Math.Max(piece.First, server.FirstSlot),
        };

    private async Task<IReadOnlyList<HeldSlot>> HeldAsync(
        IReadOnlyList<MeteredServer> lacking,
        SlotRange piece,
        CancellationToken cancellationToken
    )
    {
        if (lacking.Count > Few)
        {
            return await samples.HeldAsync((lacking[0].Id, lacking[^1].Id), piece, cancellationToken);
        }

        var held = new List<HeldSlot>();
        foreach (var server in lacking)
        {
            held.AddRange(await samples.HeldAsync((server.Id, server.Id), piece, cancellationToken));
        }

        return held;
    }

    /// <summary>Servers with the same hole are asked for together; a server with two holes is asked for twice.</summary>
    private static List<Asked> Ask(IReadOnlyList<MeteredServer> lacking, SlotRange piece, IReadOnlyList<HeldSlot> held)
    {
        var slots = held.ToLookup(slot => slot.Resource, slot => slot.Slot);
        var holes = lacking
            .SelectMany(
                server => Holes(Life(server, piece), slots[server.Id].Order()),
                (server, hole) => (server, hole)
            )
            .GroupBy(each => each.hole, each => each.server)
            .OrderByDescending(kind => kind.Count() * kind.Key.Count)
            .ThenBy(kind => kind.Key.First)
            .ToList();
        var apart = holes.Count <= MostApart ? holes.Count : MostApart - 1;
        var asked = holes
            .Take(apart)
            .Select(kind => new Asked([.. kind.Select(server => server.Native)], kind.Key))
            .ToList();
        var rest = holes.Skip(apart).ToList();
        if (rest.Count > 0)
        {
            var whole = new SlotRange(rest.Min(kind => kind.Key.First), rest.Max(kind => kind.Key.Past));
            asked.Add(new([.. rest.SelectMany(kind => kind).Distinct().Select(server => server.Native)], whole));
        }

        return asked;
    }

    private static IEnumerable<SlotRange> Holes(SlotRange life, IEnumerable<long> held)
    {
        var next = life.First;
        foreach (var slot in held)
        {
            if (slot > next)
            {
                yield return new(next, slot);
            }

            next = Math.Max(next, slot + 1);
        }

        if (next < life.Past)
        {
            yield return new(next, life.Past);
        }
    }
}
