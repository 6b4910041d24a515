using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Monitoring;

/// <summary>What some servers used in some slots, while it is put together; NaN is what nobody measured.</summary>
internal sealed class UsageGrid
{
    private const int BatchSize = 1_024;
    private readonly Dictionary<string, int> _rows = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<NativeId> _servers;

    public UsageGrid(IReadOnlyList<NativeId> servers, SlotWindow window)
    {
        (_servers, Window) = (servers, window);
        for (var i = 0; i < servers.Count; i++)
        {
            _rows.TryAdd(servers[i].Value, i);
        }

        (Cpu, Memory, Disk, Received, Sent) = (Column(), Column(), Column(), Column(), Column());
    }

    public SlotWindow Window { get; }

    public IReadOnlyList<string> Servers => [.. _rows.Keys];

    public double[] Cpu { get; }

    public double[] Memory { get; }

    public double[] Disk { get; }

    public double[] Received { get; }

    public double[] Sent { get; }

    /// <summary>Whether nothing was measured of the server in the whole window.</summary>
    public bool IsEmpty(double[] column, string server) =>
        !_rows.TryGetValue(server, out var row)
        || column.AsSpan(row * Window.Count, Window.Count).IndexOfAnyExcept(double.NaN) < 0;

    /// <summary>A value for each server and slot, nothing measured yet.</summary>
    private double[] Column()
    {
        var column = new double[_servers.Count * Window.Count];
        Array.Fill(column, double.NaN);
        return column;
    }

    /// <summary>Where the server's slot stands in a column; null for what was not asked for.</summary>
    public int? Place(string server, DateTimeOffset at)
    {
        var slot = SlotWindow.Of(at);
        return slot < Window.First || slot >= Window.Past || !_rows.TryGetValue(server, out var row)
            ? null
            : (row * Window.Count) + (int)(slot - Window.First);
    }

    /// <summary>The slots in which anything was measured.</summary>
    public IEnumerable<UsageSample[]> Batches()
    {
        var batch = new List<UsageSample>(BatchSize);
        for (var place = 0; place < Cpu.Length; place++)
        {
            var sample = new UsageSample(
                _servers[place / Window.Count],
                SlotWindow.Start(Window.First + (place % Window.Count)),
                Measured(Cpu[place]),
                Measured(Memory[place]),
                Measured(Disk[place]),
                Measured(Received[place]),
                Measured(Sent[place])
            );
            if (
                sample is
                {
                    CpuPercent: null,
                    MemoryPercent: null,
                    DiskPercent: null,
                    NetworkInBytes: null,
                    NetworkOutBytes: null
                }
            )
            {
                continue;
            }

            batch.Add(sample);
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

    private static float? Measured(double value) => double.IsFinite(value) ? (float)value : null;
}
