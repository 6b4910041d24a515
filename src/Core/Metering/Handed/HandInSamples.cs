using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering.Handed;

/// <summary>A value, or a whole sample, of a file that was not taken.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Value">What it is about and why.</param>
public sealed record LeftLine(int Line, SetAside Value);

/// <summary>What became of a file of samples.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Taken">How many are new.</param>
/// <param name="Known">How many were known already, hold no value, or are of a time before their server was ordered.</param>
/// <param name="SetAside">What was not taken, by line.</param>
/// <param name="Faults">What could not be read, where it was only examined.</param>
public sealed record SamplesIn(
    int Rows,
    int Taken,
    int Known,
    IReadOnlyList<LeftLine> SetAside,
    IReadOnlyList<FieldFault> Faults
);

/// <summary>
/// Takes samples that a pool's people hand in (采样, art. 22), where its cloud measures nothing: each value is examined and
/// each slot of a server taken once, as the collector does. A file with a line that cannot be read is not taken at all; one
/// that was cut off is completed by handing it in again.
/// </summary>
public sealed class HandInSamples(
    IPools pools,
    IBooks books,
    IMeteredServers servers,
    ISampleStore samples,
    TimeProvider businessTime
)
{
    /// <param name="pool">The pool; the caller may speak of it.</param>
    /// <param name="text">The file.</param>
    /// <param name="isDryRun">Whether it is only examined.</param>
    /// <param name="intent">Who hands it in.</param>
    /// <param name="cancellationToken">Stops it between two days.</param>
    public async Task<Result<SamplesIn>> ExecuteAsync(
        Pool pool,
        string text,
        bool isDryRun,
        Intent intent,
        CancellationToken cancellationToken
    )
    {
        if (IsMeasuredByCloud(pool.Id))
        {
            return ByCloud(pool.Id);
        }

        var check = new Check();
        var rows = SampleFile.Read(text, check);
        RefuseFuture(rows, check);
        if (!check.IsClean && !isDryRun)
        {
            return check.Refusal("samples.invalid");
        }

        var metered = await books.ReadAsync((t, c) => servers.OfPoolAsync(t, pool.Id, c), cancellationToken);
        var taking = new Taking(pool.Id, metered, isDryRun);
        if (!isDryRun)
        {
            var noted = await NoteAsync(pool.Id, rows.Count, intent, cancellationToken);
            if (noted.Refusal is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var day in rows.GroupBy(r => China.Day(r.Sample.Slot)).OrderBy(d => d.Key))
        {
            await DayAsync(taking, [.. day], cancellationToken);
        }

        var known = rows.Count - taking.Taken - taking.Left.Count(l => l.Value.Metric is null);
        return new SamplesIn(rows.Count, taking.Taken, known, taking.Left, check.Faults);
    }

    private bool IsMeasuredByCloud(PoolId pool)
    {
        try
        {
            return pools.Open(pool).Usage is not null;
        }
        catch (AdapterException)
        {
            // What cannot be opened may measure for itself tomorrow: two sources would contradict each other.
            return true;
        }
    }

    private void RefuseFuture(IReadOnlyList<HandedSample> rows, Check check)
    {
        var over = Slots.Start(Slots.Of(businessTime.GetUtcNow()));
        foreach (var row in rows.Where(r => r.Sample.Slot >= over))
        {
            check.Fault(
                $"line {row.Line}.slot",
                $"{row.Sample.Slot:yyyy-MM-dd'T'HH:mm:sszzz}",
                ("已结束的 5 分钟时段", "a slot of five minutes that is over"),
                "samples.future"
            );
        }
    }

    private Task<Result<Done>> NoteAsync(PoolId pool, int rows, Intent intent, CancellationToken cancellationToken) =>
        books.ChangeAsync<Done>(
            intent,
            (transaction, _) =>
            {
                transaction.Record(new("samples.handIn", new("pool", pool.Value), null, new { rows }));
                return Task.FromResult<Result<Done>>(Done.Now);
            },
            cancellationToken
        );

    /// <summary>One day: read against the mark and stored with it; again if somebody else moved it meanwhile.</summary>
    private async Task DayAsync(Taking taking, IReadOnlyList<HandedSample> rows, CancellationToken cancellationToken)
    {
        var first = Slots.OfDay(China.Day(rows[0].Sample.Slot));
        var range = new SlotRange(first, first + Slots.PerDay);
        for (var stored = false; !stored; )
        {
            var mark = await samples.MarkAsync(taking.Pool, cancellationToken);
            var held = taking.Resources is { } between
                ? await samples.HeldAsync(between, range, cancellationToken)
                : [];
            var (fresh, left) = taking.Take(range, held, rows);
            var chunk = new SampleChunk
            {
                Pool = taking.Pool,
                Before = mark,
                Mark = Math.Max(mark?.Slot ?? 0, Slots.Of(rows.Max(r => r.Sample.Slot)) + 1),
                Rows = fresh,
                SetAside = [.. left.Select(l => l.Value)],
            };
            stored = taking.IsDryRun || await samples.SaveAsync(chunk, cancellationToken);
            if (stored)
            {
                taking.Keep(fresh.Length, left);
            }
        }
    }

    private static Conflict ByCloud(PoolId pool) =>
        new(
            "samples.byCloud",
            (
                $"资源池 {pool} 的监控数据由云平台采集，不接受人工报送",
                $"pool {pool} is measured by its cloud; nothing is handed in"
            )
        );

    /// <summary>What is taken of a file, day by day.</summary>
    private sealed class Taking(PoolId pool, IReadOnlyList<MeteredServer> servers, bool isDryRun)
    {
        private readonly SampleIntake _intake = new(servers);
        private readonly List<LeftLine> _left = [];

        public PoolId Pool => pool;

        public bool IsDryRun => isDryRun;

        public int Taken { get; private set; }

        public IReadOnlyList<LeftLine> Left => _left;

        public (ResourceId First, ResourceId Last)? Resources =>
            servers.Count == 0 ? null : (servers[0].Id, servers[^1].Id);

        public (ReadOnlyMemory<SampleRow> Fresh, IReadOnlyList<LeftLine> Left) Take(
            SlotRange range,
            IReadOnlyList<HeldSlot> held,
            IReadOnlyList<HandedSample> rows
        )
        {
            _intake.Begin(range);
            foreach (var slot in held)
            {
                _intake.Hold(slot);
            }

            var left = new List<LeftLine>();
            foreach (var row in rows)
            {
                var before = _intake.SetAside.Count;
                var sample = row.Sample;
                _intake.Take(in sample);
                left.AddRange(_intake.SetAside.Skip(before).Select(value => new LeftLine(row.Line, value)));
            }

            return (_intake.Rows, left);
        }

        public void Keep(int taken, IReadOnlyList<LeftLine> left)
        {
            Taken += taken;
            _left.AddRange(left);
        }
    }
}
