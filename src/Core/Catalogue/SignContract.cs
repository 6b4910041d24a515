using CloudManager.Core.Kernel;

namespace CloudManager.Core.Catalogue;

/// <summary>Records a provider's contract with its final prices (art. 11–13); none above its ceiling.</summary>
public sealed class SignContract(ICatalogueStore catalogue, IContractStore contracts)
{
    public async Task<Result<Contract>> ExecuteAsync(
        ITransaction transaction,
        Contract contract,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        check.Text("number", contract.Number, 60);
        if (contract.Until <= contract.From)
        {
            check.Fault("until", contract.Until.ToString("yyyy-MM-dd"), ("晚于 from 的日期", "a day after from"));
        }

        var day = contract.From > today ? contract.From : today;
        if (await catalogue.InForceAsync(transaction, day, cancellationToken) is { } edition)
        {
            ExamineCeilings(contract, edition, check, mustKnow: true);
        }
        else
        {
            check.Fault(
                "from",
                contract.From.ToString("yyyy-MM-dd"),
                ("当日有生效目录", "a day with a catalogue in force")
            );
        }

        if (!check.IsClean)
        {
            return check.Refusal();
        }

        if (await contracts.FindAsync(transaction, contract.Number, cancellationToken) is not null)
        {
            return new Conflict("contract.exists", ("合同编号已被使用", "a contract has this number already"));
        }

        await contracts.AddAsync(transaction, contract, cancellationToken);
        transaction.Record(new("contract.sign", new("contract", contract.Number), null, contract));
        return contract;
    }

    /// <summary>
    /// Art. 11: a contract price above the ceiling is refused; when signing, so is a price of nothing that is sold. An
    /// item that a later edition drops stays chargeable.
    /// </summary>
    internal static void ExamineCeilings(Contract contract, CatalogueEdition edition, Check check, bool mustKnow)
    {
        for (var i = 0; i < contract.Prices.Count; i++)
        {
            var price = contract.Prices[i];
            var component = edition.Find(price.Item)?.Components.FirstOrDefault(c => c.Name == price.Component);
            if (component is null && mustKnow)
            {
                check.Fault(
                    $"prices[{i}]",
                    $"{price.Item}.{price.Component}",
                    ("生效目录中的目录项和计价项", "an item and component of the catalogue in force")
                );
            }
            else if (component is not null && (price.Price < 0 || price.Price > component.CeilingPrice))
            {
                check.Fault(
                    $"prices[{i}].price",
                    price.Price,
                    (
                        $"0 至最高限价 {component.CeilingPrice:F4} 元（第十一条）",
                        $"0 to the ceiling {component.CeilingPrice:F4} (art. 11)"
                    ),
                    "contract.aboveCeiling"
                );
            }
        }
    }
}
