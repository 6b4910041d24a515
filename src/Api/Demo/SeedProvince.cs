using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Demo;

/// <summary>The use cases that fill a province's register.</summary>
internal sealed record ProvinceRegister(
    RegisterOrganisation Organisation,
    RegisterSystem System,
    PublishEdition Edition,
    SignContract Contract,
    SetPoolStatus Status
)
{
    public required IPools Pools { get; init; }

    public required TimeProvider BusinessTime { get; init; }
}

/// <summary>The register of what a province has, through the same use cases as by hand.</summary>
internal sealed class SeedProvince(IBooks books, IRegionStore regions, ProvinceRegister register)
{
    /// <summary>The region tree (行政区划).</summary>
    public async Task RegionsAsync(CancellationToken cancellationToken)
    {
        var province = await DemoData.ProvinceAsync(cancellationToken);
        await ChangeAsync(
            "region.load",
            async (transaction, token) =>
            {
                foreach (var region in province.Regions)
                {
                    await regions.AddAsync(transaction, region, token);
                }

                return Done.Now;
            },
            cancellationToken
        );
    }

    /// <summary>Parties, systems, catalogue, contracts; every declared pool takes orders.</summary>
    public async Task PartiesAsync(CancellationToken cancellationToken)
    {
        var province = await DemoData.ProvinceAsync(cancellationToken);
        var catalogue = await DemoData.CatalogueAsync(cancellationToken);
        var contracts = await DemoData.ContractsAsync(cancellationToken);
        await ChangeAsync(
            "demo.seed",
            async (transaction, token) =>
            {
                await RegisterAsync(transaction, province, token);
                await PublishAsync(transaction, catalogue, contracts, token);
                foreach (var pool in register.Pools.Declared)
                {
                    Must(
                        await register.Status.ExecuteAsync(
                            transaction,
                            pool.Id,
                            PoolStatus.Active,
                            SetPoolStatus.Seeded,
                            token
                        )
                    );
                }

                return Done.Now;
            },
            cancellationToken
        );
    }

    private async Task RegisterAsync(
        ITransaction transaction,
        DemoProvince province,
        CancellationToken cancellationToken
    )
    {
        foreach (var organisation in province.Organisations)
        {
            Must(await register.Organisation.ExecuteAsync(transaction, organisation, cancellationToken));
        }

        foreach (var system in province.Systems)
        {
            var wanted = new InformationSystem
            {
                Code = system.Code,
                Name = system.Name,
                Tenant = system.Tenant,
                ProtectionLevel = system.ProtectionLevel,
            };
            Must(await register.System.ExecuteAsync(transaction, wanted, classified: false, cancellationToken));
        }
    }

    private async Task PublishAsync(
        ITransaction transaction,
        DemoCatalogue catalogue,
        DemoContracts contracts,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        var edition = catalogue.Body.Read(check);
        var signed = contracts.Contracts.Select(c => c.Read(check)).ToList();
        Must<Done>(check.IsClean ? Done.Now : check.Refusal());
        Must(await register.Edition.ExecuteAsync(transaction, edition, cancellationToken));
        // Prices are examined by the edition of the demonstration, wherever its clock stands.
        var today = register.BusinessTime.Today();
        var day = today > edition.EffectiveFrom ? today : edition.EffectiveFrom;
        foreach (var contract in signed)
        {
            Must(await register.Contract.ExecuteAsync(transaction, contract, day, cancellationToken));
        }
    }

    private async Task ChangeAsync(
        string action,
        Func<ITransaction, CancellationToken, Task<Result<Done>>> work,
        CancellationToken cancellationToken
    ) =>
        Must(
            await books.ChangeAsync(
                new Intent(Origin.Platform, action, new Subject("installation", "")),
                work,
                cancellationToken
            )
        );

    /// <summary>What is shipped is never refused; if it is, the shipped files are wrong.</summary>
    private static void Must<T>(Result<T> result)
    {
        if (result.Refusal is { } refusal)
        {
            var faults = string.Join(
                "; ",
                refusal.Faults.Select(f => $"{f.Path}: {f.Value}, expected {f.Expected.En}")
            );
            throw new InvalidDataException($"{refusal.Code}: {refusal.Detail.En} {faults}");
        }
    }
}
