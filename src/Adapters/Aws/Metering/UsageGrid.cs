using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Metering;

/// <summary>What some servers used in some slots, while it is put together; NaN is what nobody measured.</summary>
internal sealed class UsageGrid
{
    private const int BatchSize = 1_024;

    private readonly IReadOnlyList<NativeId> _servers;
    private readonly SlotWindow _window;

    /// <summary>Whether the measure shows anything of the server in this window.</summary>
    private readonly bool[] _shows;

    public UsageGrid(IReadOnlyList<NativeId> servers, SlotWindow window)
    {
        (_servers, _window) = (servers, window);
        Columns = [.. Measure.All.Select(_ => Column())];
        _shows = new bool[servers.Count * Measure.All.Count];
    }

    /// <summary>The values of each measure, by server and slot.</summary>
    public IReadOnlyList<double[]> Columns { get; }

    /// <summary>Keeps a value; one of a slot not asked for is passed over.</summary>
    public void Put(int server, int measure, DateTimeOffset at, double value)
    {
        var slot = SlotWindow.Of(at);
        if (slot >= _window.First && slot < _window.Past && double.IsFinite(value))
        {
            Columns[measure][(server * _window.Count) + (int)(slot - _window.First)] = value;
            _shows[(server * Measure.All.Count) + measure] = true;
        }
    }

    /// <summary>
    /// The slots in which anything was measured. Of a slot the first sample counts, so one that may still be completed
    /// is left for a later look.
    /// </summary>
    /// <param name="patience">The first slot that may still be completed.</param>
    public IEnumerable<UsageSample[]> Batches(long patience)
    {
        var batch = new List<UsageSample>(BatchSize);
        for (var place = 0; place < Columns[0].Length; place++)
        {
            var values = Columns.Select(column => Measured(column[place])).ToArray();
            var slot = _window.First + (place % _window.Count);
            var server = place / _window.Count;
            if (values.All(value => value is null) || (slot >= patience && IsPart(server, values)))
            {
                continue;
            }

            batch.Add(
                new UsageSample(
                    _servers[server],
                    SlotWindow.Start(slot),
                    values[0],
                    values[1],
                    values[2],
                    values[3],
                    values[4]
                )
            );
            if (batch.Count == BatchSize)
            {
                yield return batch.ToArray();
                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            yield return batch.ToArray();
        }
    }

    private bool IsPart(int server, float?[] values) =>
        values.Index().Any(value => value.Item is null && _shows[(server * Measure.All.Count) + value.Index]);

    private double[] Column()
    {
        var column = new double[_servers.Count * _window.Count];
        Array.Fill(column, double.NaN);
        return column;
    }

    private static float? Measured(double value) => double.IsFinite(value) ? (float)value : null;
}
