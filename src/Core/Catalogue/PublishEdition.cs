using CloudManager.Core.Kernel;

namespace CloudManager.Core.Catalogue;

/// <summary>
/// Publishes a catalogue edition (art. 11) with its effective day. Codes are unique, components are priced in the
/// regulation's units, no live contract's price exceeds a new ceiling, and the effective day is free.
/// </summary>
public sealed class PublishEdition(ICatalogueStore catalogue, IContractStore contracts)
{
    /// <summary>The components an item may be priced by, with their units.</summary>
    public static readonly IReadOnlyDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["vcpu"] = "元/核/月",
        ["memory"] = "元/GB/月",
        ["storage"] = "元/GB/月",
        ["bandwidth"] = "元/Mbps/月",
        ["instance"] = "元/台/月",
        ["year"] = "元/年",
        ["once"] = "元/次",
    };

    public async Task<Result<CatalogueEdition>> ExecuteAsync(
        ITransaction transaction,
        CatalogueEdition edition,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        Examine(edition, check);
        foreach (var contract in await contracts.LiveAsync(transaction, edition.EffectiveFrom, cancellationToken))
        {
            SignContract.ExamineCeilings(contract, edition, check, mustKnow: false);
        }

        if (!check.IsClean)
        {
            return check.Refusal();
        }

        var standing = await catalogue.InForceAsync(transaction, edition.EffectiveFrom, cancellationToken);
        if (
            standing?.EffectiveFrom == edition.EffectiveFrom
            || await catalogue.FindAsync(transaction, edition.Code, cancellationToken) is not null
        )
        {
            return new Conflict(
                "catalogue.exists",
                ("该版本号或生效日已被使用", "an edition has this code or effective day already")
            );
        }

        await catalogue.AddAsync(transaction, edition, cancellationToken);
        transaction.Record(new("catalogue.publish", new("catalogue", edition.Code), standing?.Code, edition));
        return edition;
    }

    private static void Examine(CatalogueEdition edition, Check check)
    {
        check.Code("code", edition.Code);
        var seen = new HashSet<string>();
        for (var i = 0; i < edition.Items.Count; i++)
        {
            var item = edition.Items[i];
            check.Code($"items[{i}].code", item.Code);
            check.Text($"items[{i}].name", item.Name, 100);
            if (!seen.Add(item.Code))
            {
                check.Fault($"items[{i}].code", item.Code, ("不与其他目录项重复", "a code no other item has"));
            }

            ExamineComponents(item, $"items[{i}].components", check);
        }
    }

    private static void ExamineComponents(CatalogueItem item, string path, Check check)
    {
        if (item.Components.Count == 0)
        {
            check.Fault(path, null, ("至少一个计价项", "at least one component"));
        }

        for (var i = 0; i < item.Components.Count; i++)
        {
            var component = item.Components[i];
            if (Units.GetValueOrDefault(component.Name) != component.Unit)
            {
                check.Fault(
                    $"{path}[{i}]",
                    $"{component.Name} {component.Unit}",
                    ("计价项及其单位之一", $"one of {string.Join(", ", Units.Select(u => $"{u.Key} {u.Value}"))}")
                );
            }

            if (component.CeilingPrice < 0 || decimal.Round(component.CeilingPrice, 4) != component.CeilingPrice)
            {
                check.Fault(
                    $"{path}[{i}].ceilingPrice",
                    component.CeilingPrice,
                    ("不小于 0、至多四位小数的元", "yuan, at least 0, at most four places")
                );
            }
        }
    }
}
