using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Books;

/// <summary>How each job's last look ended, in the books.</summary>
internal sealed class JobLooks : IJobLooks
{
    public Task NoteAsync(ITransaction transaction, JobLook look, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into job_look (job, at, outcome, periods, zh, en)
            values (@Job, @At, @Outcome, @Periods, @Zh, @En)
            on conflict (job) do update set
                at = excluded.at, outcome = excluded.outcome, periods = excluded.periods,
                zh = excluded.zh, en = excluded.en
            """,
            new
            {
                look.Job,
                At = look.At.ToUnixTimeMilliseconds(),
                Outcome = look.Look.Outcome.ToString(),
                Periods = Json.Write(look.Look.Periods),
                look.Look.Detail?.Zh,
                look.Look.Detail?.En,
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<JobLook>> AllAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await transaction.QueryAsync<Row>(
            "select job, at, outcome, periods, zh, en from job_look order by job",
            null,
            cancellationToken
        );
        return [.. rows.Select(r => r.ToLook())];
    }

    private sealed class Row
    {
        public string Job { get; init; } = "";
        public long At { get; init; }
        public string Outcome { get; init; } = "";
        public string Periods { get; init; } = "";
        public string? Zh { get; init; }
        public string? En { get; init; }

        public JobLook ToLook() =>
            new(
                Job,
                DateTimeOffset.FromUnixTimeMilliseconds(At),
                new Look(
                    Enum.Parse<LookOutcome>(Outcome),
                    Json.Read<List<string>>(Periods),
                    Zh is null ? null : new Bilingual(Zh, En ?? "")
                )
            );
    }
}
