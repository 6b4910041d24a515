using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Billing;

/// <summary>Resources whose service was changed in a closed month, in the books.</summary>
internal sealed class LateServices : ILateServices
{
    public Task NoteAsync(ITransaction transaction, LateService late, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into late_service (tenant, provider, resource, from_day) values (@Tenant, @Provider, @Number, @From)
            on conflict (tenant, provider, resource) do update set from_day =
                case when @From < late_service.from_day then @From else late_service.from_day end
            """,
            new
            {
                late.Key.Tenant,
                late.Key.Provider,
                late.Resource.Number,
                late.From,
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<BillKey>> KeysAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await transaction.QueryAsync<IntervalRow>(
            "select distinct tenant, provider from late_service order by tenant, provider",
            null,
            cancellationToken
        );
        return [.. rows.Select(r => new BillKey(r.Tenant, r.Provider))];
    }

    public async Task<IReadOnlyList<LateService>> OfAsync(
        ITransaction transaction,
        BillKey key,
        ResourceId after,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<IntervalRow>(
            """
            select resource, from_day from late_service
            where tenant = @Tenant and provider = @Provider and resource > @Number order by resource limit 500
            """,
            new
            {
                key.Tenant,
                key.Provider,
                after.Number,
            },
            cancellationToken
        );
        return [.. rows.Select(r => new LateService(key, new(r.Resource), r.FromDay))];
    }

    public Task ClearAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync("delete from late_service", null, cancellationToken);
}
