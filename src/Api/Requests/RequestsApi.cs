using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Requests;

/// <summary>Reading and drafting requests (申请, art. 19).</summary>
internal sealed class RequestsApi(
    IBooks books,
    IRequestStore requests,
    CreateRequest create,
    Creations creations,
    TimeProvider businessTime
) : IStation
{
    private const string List = "requests";

    public void Map(IEndpointRouteBuilder api)
    {
        OrganisationKind[] readers = [.. RequestScope.Readers];
        api.MapGet("/requests", ListAsync).By(readers).Produces<PageView<RequestView>>();
        api.MapGet("/requests/{id}", FindAsync).By([.. readers, OrganisationKind.Provider]).Produces<RequestView>();
        api.MapPost("/requests", CreateAsync)
            .By(OrganisationKind.Tenant)
            .Shows(RequestBody.Sample)
            .Produces<RequestView>(StatusCodes.Status201Created);
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var filter = new RequestFilter
        {
            Tenant = query.Text("tenant"),
            Region = query.Text("region"),
            State = query.Word<RequestState>("state"),
            Type = query.Word<RequestType>("type"),
            System = query.Text("system"),
        };
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var narrow = RequestScope.Narrow(caller.Actor, filter);
        var found = await books.ReadAsync((t, c) => requests.ListAsync(t, narrow, page, c), cancellationToken);
        var now = businessTime.GetUtcNow();
        return Answers.Of(List, found, r => RequestView.Of(r, caller.Actor, now));
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var request = NumberedId.TryParse(RequestId.Prefix, id, out var number)
            ? await books.ReadAsync((t, c) => requests.FindAsync(t, new RequestId(number), c), cancellationToken)
            : null;
        if (request is null || !RequestScope.Sees(caller.Actor, request))
        {
            return Answers.Refused(RequestRefusals.NotFound(Ids.Shown(id)));
        }

        Versions.Show(caller.Http.Response, request.Version);
        return Results.Ok(RequestView.Of(request, caller.Actor, businessTime.GetUtcNow()));
    }

    private Task<IResult> CreateAsync(Caller caller, RequestBody body, CancellationToken cancellationToken)
    {
        var creation = new Creation<ServiceRequest>
        {
            Intent = caller.Wants("request.create", "request", ""),
            Body = body,
            Make = (transaction, token) => create.ExecuteAsync(transaction, caller.Actor, body.Read(), token),
            IdOf = made => made.Id.ToString(),
            Find = (transaction, id, token) =>
                NumberedId.TryParse(RequestId.Prefix, id, out var number)
                    ? requests.FindAsync(transaction, new RequestId(number), token)
                    : Task.FromResult<ServiceRequest?>(null),
        };
        return creations.RunAsync(
            caller,
            creation,
            made =>
            {
                Versions.Show(caller.Http.Response, made.Version);
                return RequestView.Of(made, caller.Actor, businessTime.GetUtcNow());
            },
            cancellationToken
        );
    }
}
