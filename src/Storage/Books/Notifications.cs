using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Books;

/// <summary>The organisations' message boxes, in the books.</summary>
internal sealed class Notifications(ICounters counters) : INotifications
{
    public async Task TellAsync(
        ITransaction transaction,
        Notification notification,
        CancellationToken cancellationToken
    )
    {
        var id = await counters.TakeAsync(transaction, "notification", 1, cancellationToken);
        await transaction.ExecuteAsync(
            """
            insert into notification (id, organisation, code, subject_kind, subject_id, zh, en, at)
            values (@id, @Organisation, @Code, @Kind, @Subject, @Zh, @En, @At)
            """,
            new
            {
                id,
                notification.Organisation,
                notification.Code,
                notification.Subject.Kind,
                Subject = notification.Subject.Id,
                notification.Text.Zh,
                notification.Text.En,
                At = notification.At.ToUnixTimeMilliseconds(),
            },
            cancellationToken
        );
    }

    public async Task<Page<Notification>> ListAsync(
        ITransaction transaction,
        string organisation,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            """
            select id, organisation, code, subject_kind, subject_id, zh, en, at from notification
            where organisation = @organisation and id < @After order by id desc limit @Limit
            """,
            new
            {
                organisation,
                After = Paging.After(page, long.MaxValue),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        var cut = Paging.Cut(rows, page, r => r.Id);
        return new Page<Notification>([.. cut.Items.Select(ToNotification)], cut.Next);
    }

    private static Notification ToNotification(Row row) =>
        new()
        {
            Organisation = row.Organisation,
            Code = row.Code,
            Subject = new(row.SubjectKind, row.SubjectId),
            Text = (row.Zh, row.En),
            At = DateTimeOffset.FromUnixTimeMilliseconds(row.At),
        };

    private sealed class Row
    {
        public long Id { get; init; }
        public string Organisation { get; init; } = "";
        public string Code { get; init; } = "";
        public string SubjectKind { get; init; } = "";
        public string SubjectId { get; init; } = "";
        public string Zh { get; init; } = "";
        public string En { get; init; } = "";
        public long At { get; init; }
    }
}
