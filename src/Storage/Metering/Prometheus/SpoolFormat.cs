using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using Snappier;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// What stands in a spooled piece: a word that says the format, the SHA-256 of what follows, and under snappy the pool and
/// its rows, 36 bytes each, little-endian, NaN for what nobody measured.
/// </summary>
internal static class SpoolFormat
{
    private const int RowBytes = 36;
    private static readonly byte[] Word = "CMSPOOL1"u8.ToArray();

    public static byte[] Write(PoolId pool, ReadOnlySpan<SampleRow> rows)
    {
        var name = Encoding.UTF8.GetBytes(pool.Value);
        var plain = new byte[4 + name.Length + (rows.Length * RowBytes)];
        BinaryPrimitives.WriteInt32LittleEndian(plain, name.Length);
        name.CopyTo(plain, 4);
        var at = plain.AsSpan(4 + name.Length);
        foreach (ref readonly var row in rows)
        {
            BinaryPrimitives.WriteInt64LittleEndian(at, row.Resource.Number);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], row.Slot);
            for (var metric = 0; metric < SeriesNames.Count; metric++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(
                    at[(16 + (4 * metric))..],
                    SeriesNames.Value(in row, (Metric)metric) ?? float.NaN
                );
            }

            at = at[RowBytes..];
        }

        var packed = Snappy.CompressToArray(plain);
        return [.. Word, .. SHA256.HashData(packed), .. packed];
    }

    /// <summary>The pool and its rows; null where the piece is damaged.</summary>
    public static (PoolId Pool, SampleRow[] Rows)? Read(ReadOnlySpan<byte> bytes)
    {
        var head = Word.Length + SHA256.HashSizeInBytes;
        if (
            bytes.Length < head
            || !bytes.StartsWith(Word)
            || !SHA256.HashData(bytes[head..]).AsSpan().SequenceEqual(bytes[Word.Length..head])
        )
        {
            return null;
        }

        var plain = Snappy.DecompressToArray(bytes[head..]).AsSpan();
        var length = BinaryPrimitives.ReadInt32LittleEndian(plain);
        var pool = new PoolId(Encoding.UTF8.GetString(plain.Slice(4, length)));
        var at = plain[(4 + length)..];
        var rows = new SampleRow[at.Length / RowBytes];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Row(at.Slice(i * RowBytes, RowBytes));
        }

        return (pool, rows);
    }

    private static SampleRow Row(ReadOnlySpan<byte> at) =>
        new(
            new(BinaryPrimitives.ReadInt64LittleEndian(at)),
            BinaryPrimitives.ReadInt64LittleEndian(at[8..]),
            Value(at[16..]),
            Value(at[20..]),
            Value(at[24..]),
            Value(at[28..]),
            Value(at[32..])
        );

    private static float? Value(ReadOnlySpan<byte> at)
    {
        var value = BinaryPrimitives.ReadSingleLittleEndian(at);
        return float.IsNaN(value) ? null : value;
    }
}
