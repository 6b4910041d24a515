using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Requests;

/// <summary>The steps of a request's way, each a POST named after its verb, and the rewriting of a draft.</summary>
internal sealed class RequestStepsApi(IBooks books, ActOnRequest act, ReviseRequest revise, TimeProvider businessTime)
    : IStation
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/requests/{id}", ReviseAsync)
            .By(OrganisationKind.Tenant)
            .Shows(RequestBody.Sample)
            .Produces<RequestView>();
        api.MapPost("/requests/{id}/{action}", ActAsync)
            .By(
                OrganisationKind.Tenant,
                OrganisationKind.Authority,
                OrganisationKind.TechnicalDepartment,
                OrganisationKind.Provider
            )
            .Shows(ActionBody.Sample)
            .Produces<RequestView>();
    }

    private Task<IResult> ReviseAsync(
        Caller caller,
        string id,
        RequestBody body,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            caller,
            id,
            "request.revise",
            (transaction, subject, token) =>
                revise.ExecuteAsync(transaction, caller.Actor, subject, body.Read(), token),
            cancellationToken
        );

    private async Task<IResult> ActAsync(
        Caller caller,
        string id,
        string action,
        ActionBody? body,
        CancellationToken cancellationToken
    )
    {
        if (!Verbs.TryFind(action, out var verb))
        {
            var shown = Ids.Shown(action);
            return Answers.Refused(
                new NotFound("request.noSuchAction", ($"没有步骤“{shown}”", $"there is no action {shown}"))
            );
        }

        var input = body?.Read() ?? ActionInput.Nothing;
        return await ChangeAsync(
            caller,
            id,
            $"request.{Words.Camel(verb)}",
            (transaction, subject, token) => act.ExecuteAsync(transaction, caller.Actor, subject, (verb, input), token),
            cancellationToken
        );
    }

    private async Task<IResult> ChangeAsync(
        Caller caller,
        string id,
        string action,
        Func<ITransaction, (RequestId, int?), CancellationToken, Task<Result<ServiceRequest>>> change,
        CancellationToken cancellationToken
    )
    {
        var seen = Versions.Seen(caller.Http.Request);
        if (seen.Refusal is { } malformed)
        {
            return Answers.Refused(malformed);
        }

        var known = NumberedId.TryParse(RequestId.Prefix, id, out var number);
        var changed = await books.ChangeAsync(
            caller.Wants(action, "request", Ids.Shown(id)),
            (transaction, token) =>
                known
                    ? change(transaction, (new RequestId(number), seen.Value), token)
                    : Task.FromResult<Result<ServiceRequest>>(RequestRefusals.NotFound(Ids.Shown(id))),
            cancellationToken
        );
        if (changed.IsDone)
        {
            Versions.Show(caller.Http.Response, changed.Value.Version);
        }

        return Answers.Of(changed, r => RequestView.Of(r, caller.Actor, businessTime.GetUtcNow()));
    }
}
