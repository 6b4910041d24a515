using Refit;

namespace CloudManager.Client.Notifications;

/// <summary>The messages in the box of one's own organisation.</summary>
public interface INotificationsApi
{
    [Get("/api/v1/notifications")]
    Task<Page<Notification>> ListAsync([Query] PageQuery query, CancellationToken cancellationToken);
}

/// <summary>A message (通知) and what it is about.</summary>
public sealed record Notification(string Code, NotificationSubject Subject, Bilingual Text, DateTimeOffset At);

/// <summary>The thing a message is about.</summary>
public sealed record NotificationSubject(string Kind, string Id);
