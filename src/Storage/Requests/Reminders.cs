using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Requests;

/// <summary>Which reminders went out, in the books.</summary>
internal sealed class Reminders : IReminders
{
    public async Task<bool> WasSentAsync(
        ITransaction transaction,
        Reminder reminder,
        CancellationToken cancellationToken
    ) =>
        await transaction.FirstOrDefaultAsync<long?>(
            """
            select sent_at from reminder
            where request = @Request and occasion = @Occasion and started_at = @StartedAt
            """,
            Key(reminder),
            cancellationToken
        )
            is not null;

    public async Task<bool> AddAsync(
        ITransaction transaction,
        Reminder reminder,
        CancellationToken cancellationToken
    ) =>
        await transaction.ExecuteAsync(
            """
            insert into reminder (request, started_at, occasion, sent_at)
            values (@Request, @StartedAt, @Occasion, @SentAt) on conflict do nothing
            """,
            Key(reminder),
            cancellationToken
        ) > 0;

    private static object Key(Reminder reminder) =>
        new
        {
            Request = reminder.Request.Id.Number,
            StartedAt = reminder.Deadline.StartedAt.ToUnixTimeMilliseconds(),
            Occasion = $"{reminder.Deadline.Step}.{reminder.Occasion.Word}",
            SentAt = reminder.At.ToUnixTimeMilliseconds(),
        };
}
