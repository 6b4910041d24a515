using CloudManager.Adapters.Sdk;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>A cloud that measures every slot, and what may go wrong on the way from it.</summary>
internal static class TrueCloud
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    public static float Value(int server, long slot) => ((server * 7_919) + (slot * 104_729)) % 100_000 / 1_000f;

    public static IAsyncEnumerable<IReadOnlyList<UsageSample>> Truth(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until
    ) => Batches(Samples(servers, from, until));

    public static IEnumerable<UsageSample> Samples(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until
    ) =>
        servers.SelectMany(
            _ => Enumerable.Range(0, (int)((until - from) / FiveMinutes)),
            (s, i) => Sample(s.Value, from + (i * FiveMinutes))
        );

    public static UsageSample Sample(string server, DateTimeOffset at)
    {
        var value = Value(int.Parse(server.AsSpan(4)), Slots.Of(at));
        return new(new NativeId(server), at, value, value, value, value * 1_000, value * 10);
    }

    public static async IAsyncEnumerable<IReadOnlyList<UsageSample>> Batches(IEnumerable<UsageSample> samples)
    {
        foreach (var batch in samples.Chunk(100))
        {
            await Task.Yield();
            yield return batch;
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<UsageSample>> Down()
    {
        await Task.Yield();
        yield return Array.Empty<UsageSample>();
        throw new AdapterException(FailureKind.Unavailable, "down");
    }

    public static async IAsyncEnumerable<IReadOnlyList<UsageSample>> Hang(Task answer)
    {
        await answer;
        yield return Array.Empty<UsageSample>();
    }
}
