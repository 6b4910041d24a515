using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// The body of a remote write 1.0: a protobuf WriteRequest { repeated TimeSeries timeseries = 1 }, TimeSeries { repeated
/// Label labels = 1; repeated Sample samples = 2 }, Label { string name = 1; string value = 2 }, Sample { double value = 1;
/// int64 timestamp = 2 }, labels in order of name. Five fields in all, so they are written by hand, without a copy.
/// </summary>
internal sealed class WriteBody
{
    private const byte Length1 = (1 << 3) | 2;
    private const byte Length2 = (2 << 3) | 2;
    private const byte Fixed1 = (1 << 3) | 1;
    private const byte Varint2 = 2 << 3;
    private readonly ArrayBufferWriter<byte> _out = new();

    /// <summary>How many samples it holds.</summary>
    public int Samples { get; private set; }

    public ReadOnlySpan<byte> Bytes => _out.WrittenSpan;

    public void Clear()
    {
        _out.ResetWrittenCount();
        Samples = 0;
    }

    /// <summary>Adds what was measured of the metric in rows of one server, in order of slot.</summary>
    public void Add(PoolId pool, Metric metric, ReadOnlySpan<SampleRow> rows)
    {
        var samples = 0;
        foreach (ref readonly var row in rows)
        {
            samples += SeriesNames.Value(in row, metric) is null ? 0 : 1 + LengthOf(Sample(in row));
        }

        if (samples == 0)
        {
            return;
        }

        var (name, resource) = (SeriesNames.Of(metric), rows[0].Resource.ToString());
        Tag(
            Length1,
            Label(SeriesNames.Name, name)
                + Label(SeriesNames.Pool, pool.Value)
                + Label(SeriesNames.Resource, resource)
                + samples
        );
        Put(SeriesNames.Name, name);
        Put(SeriesNames.Pool, pool.Value);
        Put(SeriesNames.Resource, resource);
        foreach (ref readonly var row in rows)
        {
            if (SeriesNames.Value(in row, metric) is { } value)
            {
                Put(value, row.Slot * SeriesNames.SlotMilliseconds, Sample(in row));
            }
        }
    }

    /// <summary>How long a sample is: ten bytes and its instant.</summary>
    private static int Sample(in SampleRow row) => 10 + VarintOf((ulong)(row.Slot * SeriesNames.SlotMilliseconds));

    private static int LengthOf(int bytes) => VarintOf((ulong)bytes) + bytes;

    private static int Label(string name, string value) => 1 + LengthOf(Inside(name, value));

    private static int Inside(string name, string value) =>
        1 + LengthOf(name.Length) + 1 + LengthOf(Encoding.UTF8.GetByteCount(value));

    private void Put(float value, long instant, int length)
    {
        Tag(Length2, length);
        var span = _out.GetSpan(9);
        span[0] = Fixed1;
        BinaryPrimitives.WriteDoubleLittleEndian(span[1..], Measured.Widen(value));
        _out.Advance(9);
        _out.Write([Varint2]);
        Varint((ulong)instant);
        Samples++;
    }

    private void Put(string name, string value)
    {
        Tag(Length1, Inside(name, value));
        Text(Length1, name);
        Text(Length2, value);
    }

    private void Text(byte tag, string text)
    {
        Tag(tag, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _out);
    }

    private void Tag(byte tag, int length)
    {
        _out.Write([tag]);
        Varint((ulong)length);
    }

    private void Varint(ulong value)
    {
        var span = _out.GetSpan(10);
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[i++] = (byte)(value | 0x80);
        }

        span[i++] = (byte)value;
        _out.Advance(i);
    }

    private static int VarintOf(ulong value)
    {
        var bytes = 1;
        for (; value >= 0x80; value >>= 7)
        {
            bytes++;
        }

        return bytes;
    }
}
