using CloudManager.Api.Billing;
using CloudManager.Api.Organisations;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Findings;

/// <summary>Systems by what they could save (可节省金额, art. 22): a tenant its own, the others those of their region.</summary>
internal sealed class PlansApi(IBooks books, IPossibleSavings savings) : IStation
{
    private const string List = "plans";

    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/plans", ListAsync).By(SystemDoor.Readers).Produces<PageView<PossibleSavingView>>();

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var (page, region) = (query.Page(List), query.Text("region"));
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var actor = caller.Actor;
        var isTenant = actor.Is(OrganisationKind.Tenant);
        var own = isTenant || actor.SeesAllRegions ? null : actor.Organisation!.Region;
        if (own is not null && region is not null && region != own)
        {
            return Answers.Of(List, new Page<PossibleSaving>([], null), PossibleSavingView.Of);
        }

        var filter = new SavingFilter(own ?? region, isTenant ? actor.Organisation!.Code : null);
        var found = await books.ReadAsync((t, c) => savings.ListAsync(t, filter, page, c), cancellationToken);
        return Answers.Of(List, found, PossibleSavingView.Of);
    }
}

/// <param name="System">The system's code.</param>
/// <param name="Tenant">The tenant's code.</param>
/// <param name="Region">The tenant's region.</param>
/// <param name="Until">The day after the last that was looked at.</param>
/// <param name="Saving">Yuan a month.</param>
/// <param name="Enough">The fewest changes that reach nine tenths of it.</param>
/// <param name="Changes">How many changes there are in all.</param>
/// <param name="LeftOut">Of how many servers nothing is said.</param>
internal sealed record PossibleSavingView(
    string System,
    string Tenant,
    string Region,
    DateOnly Until,
    string Saving,
    int Enough,
    int Changes,
    int LeftOut
)
{
    public static PossibleSavingView Of(PossibleSaving saving) =>
        new(
            saving.System,
            saving.Tenant,
            saving.Region,
            saving.Until,
            Yuan.Amount(saving.Saving),
            saving.Enough,
            saving.Changes,
            saving.LeftOut
        );
}
