using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Audit;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Audit;

/// <summary>The audit trail (审计, art. 36): the audit administrator's alone.</summary>
internal sealed class AuditApi(IBooks books, IAuditLog log, VerifyAudit verify) : IStation
{
    private const string List = "audit";
    private static readonly DateTimeOffset Forever = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", ListAsync).ByRole(Role.Auditadmin).Produces<PageView<AuditEntry>>();
        api.MapGet("/audit/verification", VerifyAsync).ByRole(Role.Auditadmin).Produces<VerificationView>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var from = query.Instant("from") ?? DateTimeOffset.UnixEpoch;
        var until = query.Instant("until") ?? Forever;
        return query.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Answers.Of(
                List,
                await books.ReadAsync((t, c) => log.ListAsync(t, from, until, page, c), cancellationToken),
                entry => entry
            );
    }

    private async Task<IResult> VerifyAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var text = query.Text("checkpoint");
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var checkpoint = text is null
            ? Result.Of<AuditCheckpoint?>(null)
            : AuditCheckpoint.Parse(text).Then(c => (AuditCheckpoint?)c);
        return checkpoint.Refusal is { } no
            ? Answers.Refused(no)
            : Results.Ok(VerificationView.Of(await verify.ExecuteAsync(checkpoint.Value, cancellationToken)));
    }
}

/// <summary>Verifies the trail as the books hold it, against its head and a checkpoint, on one snapshot.</summary>
internal sealed class VerifyAudit(IBooks books, IAuditLog log)
{
    public Task<AuditVerdict> ExecuteAsync(AuditCheckpoint? checkpoint, CancellationToken cancellationToken) =>
        books.ReadAsync(
            async (transaction, token) =>
            {
                var expected = new AuditExpectation(await log.HeadAsync(transaction, token), checkpoint);
                return await AuditVerification.VerifyAsync(log.ReadAllAsync(transaction, token), expected, token);
            },
            cancellationToken
        );

    /// <summary>The checkpoint to keep outside.</summary>
    public async Task<AuditCheckpoint> CheckpointAsync(CancellationToken cancellationToken) =>
        AuditCheckpoint.Of(await books.ReadAsync(log.HeadAsync, cancellationToken));
}

internal sealed record VerificationView(bool Whole, string Checkpoint, BreakView? Break)
{
    public static VerificationView Of(AuditVerdict verdict) =>
        new(
            verdict.IsWhole,
            AuditCheckpoint.Of(verdict.Head).ToString(),
            verdict.Break is { } found ? new BreakView(found.Sequence, found.Fault, found.Detail) : null
        );
}

internal sealed record BreakView(long Sequence, AuditFault Fault, Bilingual Detail);
