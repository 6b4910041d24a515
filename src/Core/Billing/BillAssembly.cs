using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Billing;

/// <summary>What the bills of a month are written with.</summary>
public sealed record BillDesk(
    IBillWriter Writer,
    CorrectClosedMonths Corrections,
    ICounters Counters,
    IOrganisationStore Organisations
);

/// <summary>A month as it was closed.</summary>
/// <param name="Month">The month.</param>
/// <param name="Bills">How many bills.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Total">Yuan with two places.</param>
public sealed record ClosedMonth(string Month, int Bills, long Lines, decimal Total);

/// <summary>
/// Puts charges that come by in order of tenant, provider and resource into bills: one is open at a time, and only its
/// sums are held.
/// </summary>
internal sealed class BillAssembly(
    ITransaction transaction,
    BillDesk desk,
    (Month Month, DateTimeOffset At) closing,
    (Tariffs Tariffs, Unpriced Unpriced) terms
)
{
    private const int Batch = 500;
    private readonly Queue<BillKey> _late = new();
    private BillKey? _key;
    private long _number;
    private int _lines;
    private long _fen;
    private (int Bills, long Lines, long Fen) _sum;

    /// <summary>Asks which tenants and providers have corrections; to be called first.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var key in await desk.Corrections.KeysAsync(transaction, cancellationToken))
        {
            _late.Enqueue(key);
        }
    }

    public async Task AddAsync(IReadOnlyList<ResourceCharges> batch, CancellationToken cancellationToken)
    {
        var uses = new List<BilledUse>(batch.Count);
        foreach (var use in batch)
        {
            if (use.IsUnpriced)
            {
                terms.Unpriced.Add(use.Resource);
            }

            if (use.Key != _key)
            {
                await desk.Writer.AddUsageAsync(transaction, closing.Month, uses, cancellationToken);
                uses.Clear();
                await TurnToAsync(use.Key, cancellationToken);
            }

            if (use.Charges.Count > 0)
            {
                uses.Add(new BilledUse(_number, _lines + 1, use));
                Count(use);
            }
        }

        await desk.Writer.AddUsageAsync(transaction, closing.Month, uses, cancellationToken);
    }

    /// <summary>Ends the last bill, and writes those that hold nothing but corrections.</summary>
    public async Task<ClosedMonth> EndAsync(CancellationToken cancellationToken)
    {
        await EndBillAsync(cancellationToken);
        while (_late.TryDequeue(out var key))
        {
            await BeginBillAsync(cancellationToken);
            await CorrectAsync(key, cancellationToken);
            await WriteBillAsync(key, cancellationToken);
        }

        await desk.Corrections.SettleAsync(transaction, cancellationToken);
        var rates = terms.Tariffs.Of(closing.Month).Rates;
        await desk.Writer.AddRatesAsync(transaction, closing.Month, rates, cancellationToken);
        return new ClosedMonth(closing.Month.ToString(), _sum.Bills, _sum.Lines, Money.Yuan(_sum.Fen));
    }

    private void Count(ResourceCharges use)
    {
        _lines += use.Charges.Count;
        foreach (var charge in use.Charges)
        {
            _fen += charge.Fen;
        }
    }

    private async Task TurnToAsync(BillKey key, CancellationToken cancellationToken)
    {
        await EndBillAsync(cancellationToken);
        while (_late.TryPeek(out var late) && late < key)
        {
            _late.Dequeue();
            await BeginBillAsync(cancellationToken);
            await CorrectAsync(late, cancellationToken);
            await WriteBillAsync(late, cancellationToken);
        }

        await BeginBillAsync(cancellationToken);
        _key = key;
    }

    private async Task EndBillAsync(CancellationToken cancellationToken)
    {
        if (_key is not { } key)
        {
            return;
        }

        if (_late.TryPeek(out var late) && late == key)
        {
            _late.Dequeue();
            await CorrectAsync(key, cancellationToken);
        }

        await WriteBillAsync(key, cancellationToken);
        _key = null;
    }

    private async Task BeginBillAsync(CancellationToken cancellationToken)
    {
        _number = await desk.Counters.TakeAsync(transaction, "bill", 1, cancellationToken);
        (_lines, _fen) = (0, 0);
    }

    private async Task CorrectAsync(BillKey key, CancellationToken cancellationToken)
    {
        var id = IdOf(key);
        var lines = new List<BillLine>();
        var corrections = desk.Corrections.OfAsync(transaction, key, closing.Month, terms, cancellationToken);
        await foreach (var line in corrections)
        {
            _lines++;
            _fen += Money.ToFen(line.Amount);
            lines.Add(line with { Id = BillLines.IdOf(id, _lines) });
            if (lines.Count == Batch)
            {
                await desk.Writer.AddAdjustmentsAsync(transaction, _number, lines, cancellationToken);
                lines.Clear();
            }
        }

        await desk.Writer.AddAdjustmentsAsync(transaction, _number, lines, cancellationToken);
    }

    private async Task WriteBillAsync(BillKey key, CancellationToken cancellationToken)
    {
        if (_lines == 0)
        {
            return;
        }

        var tenant =
            await desk.Organisations.FindAsync(transaction, key.Tenant, cancellationToken)
            ?? throw new InvalidOperationException($"the books know no organisation {key.Tenant}");
        var bill = new Bill
        {
            Month = closing.Month,
            Tenant = key.Tenant,
            Provider = key.Provider,
            State = BillState.Closed,
            ClosedAt = closing.At,
            Total = Money.Yuan(_fen),
            LineCount = _lines,
        };
        await desk.Writer.AddBillAsync(transaction, new ClosedBill(_number, bill, tenant.Region), cancellationToken);
        _sum = (_sum.Bills + 1, _sum.Lines + _lines, _sum.Fen + _fen);
    }

    private string IdOf(BillKey key) => $"{closing.Month}.{key.Tenant}.{key.Provider}";
}
