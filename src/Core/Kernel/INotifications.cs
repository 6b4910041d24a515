namespace CloudManager.Core.Kernel;

/// <summary>Tells an organisation that something happened which it should know or act on.</summary>
public interface INotifications
{
    /// <summary>Leaves the message in the organisation's box, in this transaction.</summary>
    Task TellAsync(ITransaction transaction, Notification notification, CancellationToken cancellationToken);

    /// <summary>The organisation's messages, newest first.</summary>
    Task<Page<Notification>> ListAsync(
        ITransaction transaction,
        string organisation,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

/// <summary>A message in an organisation's box.</summary>
public sealed record Notification
{
    /// <summary>The organisation's code.</summary>
    public required string Organisation { get; init; }

    /// <summary>A stable word for what happened, e.g. <c>workOrder.failed</c>.</summary>
    public required string Code { get; init; }

    public required Subject Subject { get; init; }

    public required Bilingual Text { get; init; }

    public required DateTimeOffset At { get; init; }
}
