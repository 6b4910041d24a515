using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Billing;

/// <summary>The days [<see cref="From"/>, <see cref="Until"/>) on which a resource served at one size (art. 40).</summary>
public sealed record ServiceInterval
{
    public required ResourceId Resource { get; init; }

    /// <summary>Its number in the resource's history, from 1; the first is the delivery.</summary>
    public required int Ordinal { get; init; }

    public required string Tenant { get; init; }
    public required string Provider { get; init; }
    public required string System { get; init; }

    /// <summary>The catalogue item's code.</summary>
    public required string Item { get; init; }

    public required Quantities Quantities { get; init; }

    /// <summary>First day of service.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last; equal to <see cref="From"/> for 0 days; null while it runs.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>
    /// The confirmed day on which service ended, on the intervals that this end bounds; it stays what was confirmed, also
    /// where a start that was decided later lies behind it.
    /// </summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>The request whose confirmation started it.</summary>
    public required RequestId StartedBy { get; init; }

    /// <summary>The request whose confirmation ended it; null while it runs.</summary>
    public RequestId? EndedBy { get; init; }
}

/// <summary>What of a resource is priced; null where it has none of it.</summary>
/// <param name="Vcpus">Virtual cores.</param>
/// <param name="MemoryGiB">GiB.</param>
/// <param name="SizeGiB">GiB; a server's system disk.</param>
/// <param name="BandwidthMbps">Mbps.</param>
public readonly record struct Quantities(int? Vcpus, int? MemoryGiB, int? SizeGiB, int? BandwidthMbps)
{
    private const int DefaultSystemDiskGiB = 40;

    public static Quantities Of(Spec spec, ItemKind kind) =>
        new(
            spec.Vcpus,
            spec.MemoryGiB,
            spec.SizeGiB ?? (kind == ItemKind.Server ? DefaultSystemDiskGiB : null),
            spec.BandwidthMbps
        );

    /// <summary>How much of the component; 0 where what is made by hand leaves its size out.</summary>
    public int Of(string component) =>
        component switch
        {
            "vcpu" => Vcpus ?? 0,
            "memory" => MemoryGiB ?? 0,
            "storage" => SizeGiB ?? 0,
            "bandwidth" => BandwidthMbps ?? 0,
            _ => 1,
        };
}

/// <summary>What one tenant has of one provider: what a month's bill is about.</summary>
public readonly record struct BillKey(string Tenant, string Provider) : IComparable<BillKey>
{
    public int CompareTo(BillKey other)
    {
        var tenant = string.CompareOrdinal(Tenant, other.Tenant);
        return tenant != 0 ? tenant : string.CompareOrdinal(Provider, other.Provider);
    }

    public static bool operator <(BillKey left, BillKey right) => left.CompareTo(right) < 0;

    public static bool operator >(BillKey left, BillKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(BillKey left, BillKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BillKey left, BillKey right) => left.CompareTo(right) >= 0;
}

/// <summary>Which intervals are read: those that touch [From, Until); null members do not filter.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="Key">Of one tenant and provider only.</param>
/// <param name="FromResource">From this resource on.</param>
public sealed record IntervalQuery(DateOnly From, DateOnly Until, BillKey? Key, ResourceId? FromResource);

/// <summary>Service intervals in the books.</summary>
public interface IServiceIntervalStore
{
    /// <summary>A resource's history in order of ordinal.</summary>
    Task<IReadOnlyList<ServiceInterval>> OfAsync(
        ITransaction transaction,
        BillKey key,
        ResourceId resource,
        CancellationToken cancellationToken
    );

    /// <summary>Writes the history, adding and changing intervals.</summary>
    Task SaveAsync(
        ITransaction transaction,
        Resource resource,
        IReadOnlyList<ServiceInterval> history,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Intervals in order of tenant, provider, resource and ordinal, in batches none of which ends within a resource.
    /// Nothing else is asked of the transaction meanwhile.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<ServiceInterval>> StreamAsync(
        ITransaction transaction,
        IntervalQuery query,
        CancellationToken cancellationToken
    );

    /// <summary>The tenants and providers with an interval that touches the days, in order.</summary>
    Task<IReadOnlyList<BillKey>> KeysAsync(
        ITransaction transaction,
        IntervalQuery query,
        CancellationToken cancellationToken
    );
}

/// <summary>Resources whose service was changed in a month already closed, until the next close settles them.</summary>
public interface ILateServices
{
    /// <summary>Notes that service changed from the day on.</summary>
    Task NoteAsync(ITransaction transaction, LateService late, CancellationToken cancellationToken);

    /// <summary>The tenants and providers that have any, in order.</summary>
    Task<IReadOnlyList<BillKey>> KeysAsync(ITransaction transaction, CancellationToken cancellationToken);

    /// <summary>At most 500 of one tenant and provider after the resource, in order.</summary>
    Task<IReadOnlyList<LateService>> OfAsync(
        ITransaction transaction,
        BillKey key,
        ResourceId after,
        CancellationToken cancellationToken
    );

    /// <summary>Forgets all, once a close has settled them.</summary>
    Task ClearAsync(ITransaction transaction, CancellationToken cancellationToken);
}

/// <summary>A resource whose service changed from a day in a closed month on.</summary>
public sealed record LateService(BillKey Key, ResourceId Resource, DateOnly From);
