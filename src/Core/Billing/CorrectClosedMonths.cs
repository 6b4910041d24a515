using System.Runtime.CompilerServices;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Billing;

/// <summary>
/// What the oldest open month carries for closed ones: corrections of the resources whose service was changed after a
/// month was closed.
/// </summary>
public sealed class CorrectClosedMonths(IServiceIntervalStore intervals, ILateServices late, IBillReader bills)
{
    /// <summary>The tenants and providers that have any late resource, in order.</summary>
    public Task<IReadOnlyList<BillKey>> KeysAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        late.KeysAsync(transaction, cancellationToken);

    /// <summary>Forgets the late resources: the close that runs has settled them.</summary>
    public Task SettleAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        late.ClearAsync(transaction, cancellationToken);

    /// <summary>The corrections of one tenant and provider, by resource, month, component and day; without ids.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="key">The tenant and provider.</param>
    /// <param name="open">The oldest open month: those before it are closed.</param>
    /// <param name="terms">The prices, and where unpriced resources are noted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async IAsyncEnumerable<BillLine> OfAsync(
        ITransaction transaction,
        BillKey key,
        Month open,
        (Tariffs Tariffs, Unpriced Unpriced) terms,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var page = await late.OfAsync(transaction, key, default, cancellationToken);
        while (page.Count > 0)
        {
            foreach (var service in page)
            {
                for (var month = Month.Of(service.From); month < open; month = month.Next)
                {
                    foreach (var line in await MonthAsync(transaction, service, month, terms, cancellationToken))
                    {
                        yield return line;
                    }
                }
            }

            page = await late.OfAsync(transaction, key, page[^1].Resource, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<BillLine>> MonthAsync(
        ITransaction transaction,
        LateService service,
        Month month,
        (Tariffs Tariffs, Unpriced Unpriced) terms,
        CancellationToken cancellationToken
    )
    {
        var history = await intervals.OfAsync(transaction, service.Key, service.Resource, cancellationToken);
        var due = Charging.Of([.. history], terms.Tariffs.Of(month), month.End);
        if (due.IsUnpriced)
        {
            terms.Unpriced.Add(service.Resource);
        }

        var charged = await bills.OfResourceAsync(transaction, month, service.Key, service.Resource, cancellationToken);
        return Corrections.Of([.. BillLines.Of("", 1, due)], charged);
    }
}
