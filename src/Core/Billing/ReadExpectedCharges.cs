using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>
/// What a delivered resource will be charged once its tenant confirms (art. 40): shown, but in no bill. Nobody confirms
/// for the tenant.
/// </summary>
public sealed record ExpectedCharge
{
    public required Resource Resource { get; init; }

    /// <summary>The day the provider completed the order, from which it will be charged.</summary>
    public required DateOnly DeliveredOn { get; init; }

    /// <summary>Days since then that are over.</summary>
    public required int Days { get; init; }

    /// <summary>Yuan with two places, over these days.</summary>
    public required decimal Amount { get; init; }
}

/// <summary>Computes the expected charges of delivered, unconfirmed resources.</summary>
public sealed class ReadExpectedCharges(
    IResourceStore resources,
    IRequestResources deliveries,
    ReadTariffs tariffs,
    TimeProvider businessTime
)
{
    /// <summary>In order of resource.</summary>
    public async Task<Page<ExpectedCharge>> ListAsync(
        ITransaction transaction,
        BillFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var delivered = new ResourceFilter
        {
            Tenant = filter.Tenant,
            Provider = filter.Provider,
            Region = filter.Region,
            State = ResourceState.Delivered,
        };
        var found = await resources.ListAsync(transaction, delivered, page, cancellationToken);
        var prices = await tariffs.ExecuteAsync(transaction, cancellationToken);
        var days = new Dictionary<RequestId, DeliveryDays>();
        var charges = new List<ExpectedCharge>(found.Items.Count);
        foreach (var resource in found.Items)
        {
            if (!days.TryGetValue(resource.Request, out var delivery))
            {
                delivery = await deliveries.DeliveryDaysAsync(transaction, resource.Request, cancellationToken);
                days[resource.Request] = delivery;
            }

            charges.Add(Expect(resource, delivery.ByLine[resource.Line], prices));
        }

        return new Page<ExpectedCharge>(charges, found.Next);
    }

    private ExpectedCharge Expect(Resource resource, DateOnly from, Tariffs prices)
    {
        var today = businessTime.Today();
        var interval = new ServiceInterval
        {
            Resource = resource.Id,
            Ordinal = 1,
            Tenant = resource.Tenant,
            Provider = resource.Provider,
            System = resource.System,
            Item = resource.Item,
            Quantities = Quantities.Of(resource.Spec, resource.Kind),
            From = from,
            StartedBy = resource.Request,
        };
        var fen = 0L;
        for (var month = Month.Of(from); month.First < today; month = month.Next)
        {
            var until = today < month.End ? today : month.End;
            fen += Charging.Of([interval], prices.Of(month), until).Charges.Sum(c => c.Fen);
        }

        return new ExpectedCharge
        {
            Resource = resource,
            DeliveredOn = from,
            Days = Math.Max(0, today.DayNumber - from.DayNumber),
            Amount = Money.Yuan(fen),
        };
    }
}
