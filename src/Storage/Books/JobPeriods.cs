using System.Globalization;
using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Books;

/// <summary>The periods that jobs have done, in the books.</summary>
internal sealed class JobPeriods : IJobPeriods
{
    public async Task<Month> FirstMonthAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var founded = await transaction.FirstOrDefaultAsync<string>(
            "select value from meta where name = 'founded'",
            null,
            cancellationToken
        );
        return Month.Of(DateOnly.ParseExact(founded!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    public async Task<IReadOnlySet<string>> DoneAsync(
        ITransaction transaction,
        string job,
        CancellationToken cancellationToken
    ) =>
        (
            await transaction.QueryAsync<string>(
                "select period from job_period where job = @job",
                new { job },
                cancellationToken
            )
        ).ToHashSet();

    public Task AddAsync(
        ITransaction transaction,
        (string Job, string Period) key,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        transaction.ExecuteAsync(
            "insert into job_period (job, period, done_at) values (@Job, @Period, @at)",
            new
            {
                key.Job,
                key.Period,
                at = at.ToUnixTimeMilliseconds(),
            },
            cancellationToken
        );

    /// <summary>Notes the day the books were opened, once: today, or that of the oldest request in older books.</summary>
    internal static async Task<Done> FoundAsync(
        ITransaction transaction,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var oldest = await transaction.FirstOrDefaultAsync<long?>(
            "select min(created_at) from request",
            null,
            cancellationToken
        );
        var first = oldest is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : now;
        var day = China.Day(first).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await transaction.ExecuteAsync(
            "insert into meta (name, value) values ('founded', @day) on conflict (name) do nothing",
            new { day },
            cancellationToken
        );
        return Done.Now;
    }
}
