using CloudManager.Client.Catalogue;
using CloudManager.Client.Pools;
using CloudManager.Client.Requests;

namespace CloudManager.Cli.Story;

/// <summary>Chooses what is applied for: a server and a volume of the catalogue in force, on a pool that has both.</summary>
internal sealed class Shopping(Stage stage)
{
    public const string Pool = "mock-a";
    private const string Image = "kylin-v10-x86";
    private const string Architecture = "x86";

    public async Task<Basket> ChooseAsync(CancellationToken cancellationToken)
    {
        var tenant = stage.Cast.Tenant.Api;
        var pool = await tenant.Pools.FindAsync(Pool, cancellationToken);
        var edition = await tenant.Catalogue.ItemsAsync(edition: null, day: null, pool: null, cancellationToken);
        var server = Choose(edition, pool, "server", "ecs-general");
        var volume = Choose(edition, pool, "volume", "vol-ssd");
        var systems = await tenant.Systems.ListAsync(new(), cancellationToken);
        if (systems.Items.Count == 0)
        {
            throw new NotAsExpectedException(
                new($"{stage.Cast.Tenant.Account} 没有系统", $"{stage.Cast.Tenant.Account} has no system")
            );
        }

        stage.Narrator.Step(
            stage.Cast.Tenant.Account,
            await stage.NowAsync(cancellationToken),
            new("选目录项", "chooses of the catalogue"),
            $"{edition.Code}: {server.Code} + {volume.Code}, {pool.Id}"
        );
        return new Basket(pool, server, volume, systems.Items[0].Code, systems.Items[^1].Code);
    }

    /// <summary>Servers, and a volume for each.</summary>
    public static IReadOnlyList<NewLine> Lines(Basket basket, int servers) =>
        [
            new(
                basket.Server.Code,
                servers,
                new Spec
                {
                    Vcpus = 8,
                    MemoryGiB = 16,
                    Image = Image,
                }
            ),
            new(basket.Volume.Code, servers, new Spec { SizeGiB = 100, AttachTo = 1 }),
        ];

    /// <summary>The one we know, else the first of its kind that the pool's provider has all prices for.</summary>
    private static CatalogueItem Choose(Edition edition, ResourcePool pool, string kind, string known) =>
        edition
            .Items.Where(i => i.Kind == kind && i.FixedSpec is null && i.Architecture is null or Architecture)
            .Where(i =>
                i.Components.All(c => HandBill.CanCount(c.Name) && HandBill.PriceOf(c, pool.Provider) is not null)
            )
            .OrderByDescending(i => i.Code == known)
            .FirstOrDefault()
        ?? throw new NotAsExpectedException(
            new(
                $"目录 {edition.Code} 中没有 {pool.Provider} 可交付的 {kind}",
                $"edition {edition.Code} has no {kind} that {pool.Provider} delivers"
            )
        );
}

/// <summary>What is applied for, where, and for which systems.</summary>
internal sealed record Basket(
    ResourcePool Pool,
    CatalogueItem Server,
    CatalogueItem Volume,
    string FirstSystem,
    string SecondSystem
);
