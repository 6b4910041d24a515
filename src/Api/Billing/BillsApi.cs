using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Billing;

/// <summary>
/// Bills (账单, art. 40): a tenant and a provider read their own, authority, technical department and service agency those
/// of their region, finance and audit all.
/// </summary>
internal sealed class BillsApi(IBooks books, IBills bills, ReadExpectedCharges expected) : IStation
{
    private const string List = "bills";
    private const string Expected = "charges-expected";
    private const int LinesInList = 100;

    private static readonly OrganisationKind[] Readers = Enum.GetValues<OrganisationKind>();

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/bills", ListAsync).By(Readers).Produces<PageView<BillView>>();
        api.MapGet("/bills/{id}", FindAsync).By(Readers).Produces<BillView>();
        api.MapGet("/charges/expected", ExpectedAsync).By(Readers).Produces<PageView<ExpectedChargeView>>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var filter = new BillFilter
        {
            Month = query.Month("month"),
            Tenant = query.Text("tenant"),
            Provider = query.Text("provider"),
        };
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        return BillScope.Narrow(caller.Actor, filter) is { } own
            ? Answers.Of(List, await books.ReadAsync((t, c) => ReadAsync(t, own, page, c), cancellationToken), b => b)
            : Answers.Of(List, new Page<BillView>([], null), b => b);
    }

    private async Task<Page<BillView>> ReadAsync(
        ITransaction transaction,
        BillFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var found = await bills.ListAsync(transaction, filter, page, cancellationToken);
        var views = new List<BillView>(found.Items.Count);
        foreach (var bill in found.Items)
        {
            views.Add(await ShowAsync(transaction, bill, new PageRequest(null, LinesInList), cancellationToken));
        }

        return new Page<BillView>(views, found.Next);
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(ListOfLines(id));
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var view = BillPlace.Parse(id) is { } place
            ? await books.ReadAsync((t, c) => ReadOneAsync(t, caller.Actor, place, page, c), cancellationToken)
            : null;
        return view is null
            ? Answers.Refused(
                new NotFound("bill.notFound", ($"没有账单 {Ids.Shown(id)}", $"there is no bill {Ids.Shown(id)}"))
            )
            : Results.Ok(view);
    }

    private async Task<BillView?> ReadOneAsync(
        ITransaction transaction,
        Actor caller,
        BillPlace place,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var wanted = new BillFilter
        {
            Month = place.Month,
            Tenant = place.Key.Tenant,
            Provider = place.Key.Provider,
        };
        if (BillScope.Narrow(caller, wanted) is not { } filter)
        {
            return null;
        }

        var found = await bills.ListAsync(transaction, filter, new PageRequest(null, 1), cancellationToken);
        return found.Items is [var bill] ? await ShowAsync(transaction, bill, page, cancellationToken) : null;
    }

    private async Task<BillView> ShowAsync(
        ITransaction transaction,
        Bill bill,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var lines = await bills.LinesAsync(transaction, bill, page, cancellationToken);
        return BillView.Of(bill, lines, Cursor.Write(ListOfLines(bill.Id), lines.Next));
    }

    private async Task<IResult> ExpectedAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(Expected);
        var filter = new BillFilter { Tenant = query.Text("tenant"), Provider = query.Text("provider") };
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var found = BillScope.Narrow(caller.Actor, filter) is { } own
            ? await books.ReadAsync((t, c) => expected.ListAsync(t, own, page, c), cancellationToken)
            : new Page<ExpectedCharge>([], null);
        return Answers.Of(Expected, found, ExpectedChargeView.Of);
    }

    /// <summary>A cursor leads on in one bill's lines only.</summary>
    private static string ListOfLines(string bill) => $"bill-lines {bill}";
}

/// <summary>Whose bills a caller reads.</summary>
internal static class BillScope
{
    /// <summary>The filter within what the caller may read; null if nothing of it is.</summary>
    public static BillFilter? Narrow(Actor caller, BillFilter filter) =>
        caller.Organisation switch
        {
            { Kind: OrganisationKind.Tenant } own => (filter.Tenant ?? own.Code) == own.Code
                ? filter with
                {
                    Tenant = own.Code,
                }
                : null,
            { Kind: OrganisationKind.Provider } own => (filter.Provider ?? own.Code) == own.Code
                ? filter with
                {
                    Provider = own.Code,
                }
                : null,
            { Kind: OrganisationKind.Finance or OrganisationKind.Audit } => filter,
            { } own => filter with { Region = caller.SeesAllRegions ? null : own.Region },
            null => throw new InvalidOperationException($"{caller.Account} belongs to no organisation."),
        };
}
