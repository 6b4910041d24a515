using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Api.Resources;

/// <summary>The screens of servers (控制台, art. 36): the tenant's own. Every attempt is in the audit trail.</summary>
internal sealed class ConsoleApi(IBooks books, IResourceStore resources, OpenConsole open) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/resources/{id}/console", OpenAsync).By(WorkScope.Readers).Produces<ConsoleView>();

    private async Task<IResult> OpenAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var seen = await ResourcesApi.SeenAsync(books, resources, (caller, id), cancellationToken);
        Result<Uri> opened = seen.Refusal is { } unknown
            ? unknown
            : await open.ExecuteAsync(caller.Actor, seen.Value, cancellationToken);

        // It is on record before the address leaves the house; the address itself is a key and is not.
        var noted = await books.ChangeAsync(
            caller.Wants("resource.openConsole", "resource", Ids.Shown(id)),
            (_, _) => Task.FromResult(opened),
            cancellationToken
        );
        caller.Http.Response.Headers.CacheControl = "no-store";
        return Answers.Of(noted, url => new ConsoleView(url));
    }
}

/// <param name="Url">A short-lived address that shows the server's screen in a browser; the cloud says for how long.</param>
internal sealed record ConsoleView(Uri Url);
