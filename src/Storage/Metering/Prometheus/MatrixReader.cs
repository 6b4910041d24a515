using System.Buffers;
using System.Text.Json;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>Reads a query's answer as it comes, whatever its length: it never stands in memory as a whole.</summary>
internal static class MatrixReader
{
    private const int Portion = 256 * 1024;

    /// <exception cref="FormatException">It is no answer of the kind expected, or not a whole one.</exception>
    public static async Task ReadAsync(Stream answer, SampleHeard heard, CancellationToken cancellationToken)
    {
        var parser = new MatrixParser(heard);
        var buffer = ArrayPool<byte>.Shared.Rent(Portion);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    throw new FormatException("the answer holds a word of unusual length");
                }

                var read = await answer.ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;
                var used = parser.Feed(buffer.AsSpan(0, length), isLast: read == 0);
                if (read == 0)
                {
                    break;
                }

                buffer.AsSpan(used, length - used).CopyTo(buffer);
                length -= used;
            }
        }
        catch (JsonException fault)
        {
            throw new FormatException("the answer is no JSON, or broke off", fault);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        parser.End();
    }
}
