using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;
using CloudManager.Storage.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>One file under one process or under several that take turns.</summary>
public sealed class MetricsFileTests : IDisposable
{
    private static readonly PoolId Pool = new("p");
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_opened_before_it_is_needed_and_all_is_there_when_opened_again(bool alone)
    {
        using (var file = Open(alone))
        {
            Assert.Empty(Directory.EnumerateFiles(_folder, "*.duckdb"));
            Assert.True(await new SampleStore(file).SaveAsync(Chunk(null, 5, 1), CancellationToken.None));
        }

        using var again = Open(alone);
        var store = new SampleStore(again);
        Assert.Equal(new SampleMark(5, 1), await store.MarkAsync(Pool, CancellationToken.None));
        Assert.Single(await store.ReadAsync(new(1), new(0, 10), CancellationToken.None));
    }

    [Fact]
    public async Task Processes_that_share_the_file_take_turns_and_lose_nothing()
    {
        using var one = Open(alone: false);
        using var other = Open(alone: false);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AddAsync(new SampleStore(i % 2 == 0 ? one : other), i)));

        var rows = await new SampleStore(one).ReadAsync(new(1), new(0, 100), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), rows.Select(r => r.Slot));
    }

    [Fact]
    public async Task A_shared_file_waits_for_whoever_holds_its_lock()
    {
        using var file = Open(alone: false);
        var held = new FileStream(
            Path.Combine(_folder, "metrics.lock"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );

        var saving = new SampleStore(file).SaveAsync(Chunk(null, 5, 1), CancellationToken.None);
        Assert.False(saving.IsCompleted);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.duckdb"));
        await held.DisposeAsync();

        Assert.True(await saving.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_chunk_read_against_an_older_mark_is_not_stored()
    {
        using var file = Open(alone: true);
        var store = new SampleStore(file);
        await store.SaveAsync(Chunk(null, 5, 1), CancellationToken.None);
        var mark = await store.MarkAsync(Pool, CancellationToken.None);

        // The first leaves the slot where it was; the second was read before that.
        Assert.True(await store.SaveAsync(Chunk(mark, 5, 2), CancellationToken.None));
        Assert.False(await store.SaveAsync(Chunk(mark, 6, 3), CancellationToken.None));
        Assert.False(await store.SaveAsync(Chunk(null, 6, 4), CancellationToken.None));

        var rows = await store.ReadAsync(new(1), new(0, 10), CancellationToken.None);
        Assert.Equal([1L, 2], rows.Select(r => r.Slot));
        Assert.Equal(new SampleMark(5, 2), await store.MarkAsync(Pool, CancellationToken.None));
    }

    /// <summary>Adds one slot, again and again until nobody else was faster.</summary>
    private static async Task AddAsync(SampleStore store, int slot)
    {
        while (true)
        {
            var mark = await store.MarkAsync(Pool, CancellationToken.None);
            if (await store.SaveAsync(Chunk(mark, 100, slot), CancellationToken.None))
            {
                return;
            }
        }
    }

    private static SampleChunk Chunk(SampleMark? before, long mark, long slot) =>
        new()
        {
            Pool = Pool,
            Before = before,
            Mark = mark,
            Rows = new[] { new SampleRow(new(1), slot, 1, null, null, null, null) },
            SetAside = [],
        };

    private MetricsFile Open(bool alone) =>
        new(
            _folder,
            alone ? new SqliteDialect(Path.Combine(_folder, "books.db")) : new PostgresDialect("Host=nowhere"),
            new MachineClock(TimeProvider.System)
        );
}
