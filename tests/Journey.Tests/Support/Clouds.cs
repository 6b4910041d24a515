using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Inventory;
using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Journey.Tests.Support;

/// <summary>What happens in a pool behind the platform's back, and what the platform then finds.</summary>
internal static class Clouds
{
    public static ICloudAdapter Cloud(this Province province, string pool = "mock-a") =>
        province.Get<IPools>().Open(new(pool));

    /// <summary>A server with a volume and an address, made by somebody else.</summary>
    public static async Task<(NativeId Server, NativeId Volume, NativeId Address)> StrangerAsync(
        this Province province,
        string name,
        string flavour = "m4-8",
        string pool = "mock-a"
    )
    {
        var cloud = province.Cloud(pool);
        var server = await province.ServerAsync(name, flavour, pool);
        var volume = await cloud.Volumes!.CreateAsync(
            new VolumeSpec($"{name}-data", 200, "ssd"),
            new OperationKey($"v-{name}"),
            default
        );
        await cloud.Attachment!.AttachAsync(volume.Id, server, default);
        var address = await cloud.Addresses!.CreateAsync(
            new AddressSpec($"{name}-eip", 20),
            new OperationKey($"a-{name}"),
            default
        );
        await cloud.Binding!.BindAsync(address.Id, server, default);
        return (server, volume.Id, address.Id);
    }

    public static async Task<NativeId> ServerAsync(
        this Province province,
        string name,
        string flavour = "m4-8",
        string pool = "mock-a",
        string? key = null
    )
    {
        var spec = new ServerSpec
        {
            Name = name,
            Flavour = flavour,
            Size = new ServerSize(4, 8),
            Image = "kylin-v10-x86",
            SystemDiskGiB = 40,
        };
        var made = await province.Cloud(pool).Servers!.CreateAsync(spec, new OperationKey(key ?? $"s-{name}"), default);
        return made.Id;
    }

    /// <summary>An hour later, when a full listing is due, the inventory is taken.</summary>
    public static async Task<Look> SyncAsync(this Province province)
    {
        province.Clock.Advance(TimeSpan.FromHours(1));
        return await province.Get<SyncInventory>().LookAsync(CancellationToken.None);
    }

    public static async Task<IReadOnlyList<Finding>> FindingsAsync(
        this Province province,
        FindingState? state = FindingState.Open,
        string? tenant = null
    )
    {
        var filter = new FindingFilter { State = state, Tenant = tenant };
        var page = await province.ReadAsync(
            (t, token) => province.Get<IFindingStore>().ListAsync(t, filter, new PageRequest(null, 500), token)
        );
        return [.. page.Items.OrderBy(f => f.Id.Number)];
    }

    /// <summary>Kind, detail and subject of each open finding.</summary>
    public static async Task<string> FoundAsync(this Province province) =>
        string.Join('\n', (await province.FindingsAsync()).Select(f => $"{f.Kind} {f.Detail} {f.Subject.Id}").Order());

    public static async Task<IReadOnlyList<InventoryRun>> RunsAsync(this Province province, string pool = "mock-a") =>
        (
            await province.ReadAsync(
                (t, token) =>
                    province.Get<IInventoryRuns>().ListAsync(t, new PoolId(pool), new PageRequest(null, 500), token)
            )
        ).Items;

    public static Task<Result<ServiceRequest>> TakeOverAsync(
        this Province province,
        Actor by,
        string system,
        string paper,
        params TakeoverLine[] lines
    ) =>
        province.ChangeAsync(
            "takeover.create",
            (t, token) =>
                province.Get<TakeOverServers>().ExecuteAsync(t, by, new TakeoverInput(system, paper, lines), token)
        );

    public static TakeoverLine Line(NativeId server, string pool = "mock-a", string item = "ecs-general") =>
        new(new PoolId(pool), server, item);

    public static async Task<string> InventoryAsync(this Province province, bool? known = null, ItemKind? kind = null)
    {
        var shown = new List<string>();
        for (string? after = null, next = ""; next is not null; after = next)
        {
            var filter = new InventoryFilter(new("mock-a"), kind, known);
            // Pages of two, so that the pages are walked too.
            var page = await province.ReadAsync(
                (t, token) => province.Get<IInventoryStore>().ListAsync(t, filter, new PageRequest(after, 2), token)
            );
            shown.AddRange(page.Items.Select(e => $"{e.Thing.Id.Value} {e.Resource?.ToString() ?? "-"}"));
            next = page.Next;
        }

        return string.Join('\n', shown);
    }
}
