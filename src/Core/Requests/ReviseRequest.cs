using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Requests;

/// <summary>Rewrites a draft before it is submitted.</summary>
public sealed class ReviseRequest(IRequestStore requests, CreateRequest create, TimeProvider businessTime)
{
    public async Task<Result<ServiceRequest>> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        (RequestId Id, int? Version) subject,
        RequestInput input,
        CancellationToken cancellationToken
    )
    {
        var request = await requests.FindAsync(transaction, subject.Id, cancellationToken);
        if (request is null || by.Organisation?.Code != request.Tenant)
        {
            return RequestRefusals.NotFound(subject.Id.ToString());
        }

        if (Refuse(request, subject.Version, input) is { } no)
        {
            return no;
        }

        var lines = await create.ExamineAsync(transaction, (request.Tenant, request.Id), input, cancellationToken);
        if (lines.Refusal is { } refusal)
        {
            return refusal;
        }

        var entry = new HistoryEntry(businessTime.GetUtcNow(), by.Account, request.Tenant, RequestAction.Revise, null);
        var revised = request with
        {
            System = input.System,
            Reason = input.Reason,
            Lines = lines.Value,
            WholeSystem = input.IsWholeSystem,
            Version = request.Version + 1,
            History = [.. request.History, entry],
        };
        await requests.SaveAsync(transaction, revised, cancellationToken);
        transaction.Record(
            new(
                "request.revise",
                new("request", request.Id.ToString()),
                RequestFacts.Of(request),
                RequestFacts.Of(revised)
            )
        );
        return revised;
    }

    private static Refusal? Refuse(ServiceRequest request, int? version, RequestInput input)
    {
        if (request.State != RequestState.Draft)
        {
            return RequestRefusals.WrongState(request, RequestAction.Revise);
        }

        if (version is not null && version != request.Version)
        {
            return RequestRefusals.ChangedMeanwhile(request.Version);
        }

        return input.Type == request.Type ? null : RequestRefusals.NotUsed("type");
    }
}
