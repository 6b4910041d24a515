using CloudManager.Core.Kernel;

namespace CloudManager.Core.Organisations;

/// <summary>Registers an organisation (单位, art. 5–10) in a region of the tree.</summary>
public sealed class RegisterOrganisation(IOrganisationStore organisations, IRegionStore regions)
{
    public async Task<Result<Organisation>> ExecuteAsync(
        ITransaction transaction,
        Organisation organisation,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        check.Code("code", organisation.Code);
        check.Text("name", organisation.Name, 100);
        var known = await regions.AllAsync(transaction, cancellationToken);
        if (!known.Any(r => r.Code == organisation.Region))
        {
            check.Fault("region", organisation.Region, ("已登记的行政区划代码", "the code of a registered region"));
        }

        if (!check.IsClean)
        {
            return check.Refusal();
        }

        if (await organisations.FindAsync(transaction, organisation.Code, cancellationToken) is not null)
        {
            return new Conflict("organisation.exists", ("单位代码已被使用", "an organisation has this code already"));
        }

        await organisations.AddAsync(transaction, organisation, cancellationToken);
        transaction.Record(new("organisation.register", new("organisation", organisation.Code), null, organisation));
        return organisation;
    }
}
