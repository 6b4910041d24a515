using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Organisations;

/// <summary>The messages in the box of one's own organisation, newest first.</summary>
internal sealed class NotificationsApi(IBooks books, INotifications notifications) : IStation
{
    private const string List = "notifications";

    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/notifications", ListAsync)
            .By(Enum.GetValues<OrganisationKind>())
            .Produces<PageView<NotificationView>>();

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var own = caller.Actor.Organisation!.Code;
        var found = await books.ReadAsync((t, c) => notifications.ListAsync(t, own, page, c), cancellationToken);
        return Answers.Of(List, found, NotificationView.Of);
    }
}

internal sealed record NotificationView(string Code, Subject Subject, Bilingual Text, DateTimeOffset At)
{
    public static NotificationView Of(Notification notification) =>
        new(notification.Code, notification.Subject, notification.Text, notification.At);
}
