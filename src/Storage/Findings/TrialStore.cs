using CloudManager.Core.Findings.Trials;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Findings;

/// <summary>Trials of policies and what came out of them, in the books.</summary>
internal sealed class TrialStore : ITrialStore
{
    private const int Batch = 5_000;
    private const string Columns =
        "id, region, version, months, state, from_day, until_day, done, total, owner, seen_at, started_by, started_at, "
        + "ended_at, outcome";

    public Task SaveAsync(ITransaction transaction, Trial trial, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            $"""
            insert into trial ({Columns})
            values (@Id, @Region, @Version, @Months, @State, @FromDay, @UntilDay, @Done, @Total, @Owner, @SeenAt, @StartedBy,
                @StartedAt, @EndedAt, @Outcome)
            on conflict (id) do update set
                state = excluded.state, done = excluded.done, total = excluded.total, seen_at = excluded.seen_at,
                ended_at = excluded.ended_at, outcome = excluded.outcome
            """,
            Row.Of(trial),
            cancellationToken
        );

    public async Task<Trial?> FindAsync(ITransaction transaction, TrialId id, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns} from trial where id = @Number",
            new { id.Number },
            cancellationToken
        );
        return row?.ToTrial();
    }

    public async Task<Page<Trial>> ListAsync(
        ITransaction transaction,
        (string? Region, int? Version, TrialState? State) filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("id < @After")
            .And("region = @Region", filter.Region)
            .And("version = @Version", filter.Version)
            .And("state = @State", filter.State);
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from trial {where} order by id desc limit @Limit",
            new
            {
                filter.Region,
                filter.Version,
                State = filter.State?.ToString(),
                After = Paging.After(page, long.MaxValue),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToTrial())], page, t => t.Id.Number);
    }

    public async Task AddItemsAsync(
        ITransaction transaction,
        TrialId trial,
        IReadOnlyList<TrialItem> items,
        CancellationToken cancellationToken
    )
    {
        foreach (var batch in items.Select((item, i) => (Item: item, No: i + 1)).Chunk(Batch))
        {
            await transaction.ExecuteAsync(
                $"""
                insert into trial_item (trial, no, outcome, kind, subject_kind, subject, system, body)
                select @Trial, no, outcome, kind, subject_kind, subject, system, body
                from {transaction.Dialect().RowsOf("@Items", ItemColumns)}
                """,
                new { Trial = trial.Number, Items = Json.Write(batch.Select(b => Written(b.Item, b.No))) },
                cancellationToken
            );
        }
    }

    public async Task<Page<TrialItem>> ItemsAsync(
        ITransaction transaction,
        TrialId trial,
        TrialItemFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("trial = @Trial and no > @After")
            .And("outcome = @Outcome", filter.Outcome)
            .And("kind = @Kind", filter.Kind)
            .And("subject_kind = @Subject", filter.Subject)
            .And("system = @System", filter.System);
        var rows = await transaction.QueryAsync<ItemRow>(
            $"select no, body from trial_item {where} order by no limit @Limit",
            new
            {
                Trial = trial.Number,
                Outcome = filter.Outcome?.ToString(),
                Kind = filter.Kind?.ToString(),
                Subject = filter.Subject?.ToString(),
                filter.System,
                After = Paging.After(page, 0),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        var cut = Paging.Cut(rows, page, r => r.No);
        return new([.. cut.Items.Select(r => Json.Read<TrialItem>(r.Body))], cut.Next);
    }

    private static readonly (string Name, string Type)[] ItemColumns =
    [
        ("no", "integer"),
        ("outcome", "text"),
        ("kind", "text"),
        ("subject_kind", "text"),
        ("subject", "text"),
        ("system", "text"),
        ("body", "text"),
    ];

    private static Dictionary<string, object?> Written(TrialItem item, int no) =>
        new()
        {
            ["no"] = no,
            ["outcome"] = item.Outcome.ToString(),
            ["kind"] = item.Kind.ToString(),
            ["subject_kind"] = item.Subject.Kind.ToString(),
            ["subject"] = item.Subject.Id,
            ["system"] = item.Scope.System ?? "",
            ["body"] = Json.Write(item),
        };

    private sealed class ItemRow
    {
        public int No { get; init; }
        public string Body { get; init; } = "";
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public string Region { get; init; } = "";
        public int Version { get; init; }
        public int Months { get; init; }
        public string State { get; init; } = "";
        public DateOnly FromDay { get; init; }
        public DateOnly UntilDay { get; init; }
        public int Done { get; init; }
        public int Total { get; init; }
        public string Owner { get; init; } = "";
        public long SeenAt { get; init; }
        public string StartedBy { get; init; } = "";
        public long StartedAt { get; init; }
        public long? EndedAt { get; init; }
        public string? Outcome { get; init; }

        public static Row Of(Trial trial) =>
            new()
            {
                Id = trial.Id.Number,
                Region = trial.Region,
                Version = trial.Version,
                Months = trial.Months,
                State = trial.State.ToString(),
                FromDay = trial.From,
                UntilDay = trial.Until,
                Done = trial.Done,
                Total = trial.Total,
                Owner = trial.Owner,
                SeenAt = trial.SeenAt.ToUnixTimeMilliseconds(),
                StartedBy = trial.StartedBy,
                StartedAt = trial.StartedAt.ToUnixTimeMilliseconds(),
                EndedAt = trial.EndedAt?.ToUnixTimeMilliseconds(),
                Outcome = trial.Counts.Count == 0 ? null : Json.Write(trial.Counts),
            };

        public Trial ToTrial() =>
            new()
            {
                Id = new(Id),
                Region = Region,
                Version = Version,
                Months = Months,
                State = Enum.Parse<TrialState>(State),
                From = FromDay,
                Until = UntilDay,
                Done = Done,
                Total = Total,
                Owner = Owner,
                SeenAt = DateTimeOffset.FromUnixTimeMilliseconds(SeenAt),
                StartedBy = StartedBy,
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
                EndedAt = EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
                Counts = Outcome is null ? [] : Json.Read<List<TrialCount>>(Outcome),
            };
    }
}
