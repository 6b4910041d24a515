using System.Text.Json;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Journey.Tests.Support;

/// <summary>A pool without any interface, and the word of its provider's people.</summary>
internal static class Hands
{
    public static readonly PoolMapping NoTables = new(
        [],
        new Dictionary<string, string>(),
        new Dictionary<string, string>(),
        null
    );

    public static Pool Manual(string id = "hand-a", string provider = "provider-a", string settings = "{}") =>
        Province.Mock(id, provider) with
        {
            Adapter = "Manual",
            Settings = JsonDocument.Parse(settings).RootElement,
            Mapping = NoTables,
        };

    /// <summary>What people would truly say of a task: what was ordered, under an identifier of their own.</summary>
    public static MadeByHand Word(ProvisioningTask task, Resource resource)
    {
        var spec = task.Wanted ?? resource.Spec;
        var creates = resource.NativeId is null;
        var sized = SaysSizes(task);
        var number = resource.Id.Number;
        return new MadeByHand
        {
            Resource = resource.Id.ToString(),
            NativeId = creates ? $"n-{number}" : null,
            Addresses =
                !creates ? null
                : resource.Kind == ItemKind.Server ? [$"10.20.0.{number}"]
                : resource.Kind == ItemKind.PublicAddress ? [$"203.0.113.{number}"]
                : null,
            Vcpus = sized ? spec.Vcpus : null,
            MemoryGiB = sized ? spec.MemoryGiB : null,
            SizeGiB = sized && resource.Kind == ItemKind.Volume ? spec.SizeGiB : null,
            BandwidthMbps = sized ? spec.BandwidthMbps : null,
            Evidence = $"paper {number}",
        };
    }

    /// <summary>The open tasks of people in the request's orders, with what they are about.</summary>
    public static async Task<IReadOnlyList<(WorkOrder Order, ProvisioningTask Task, Resource? Resource)>> OpenAsync(
        this Province province,
        RequestId request
    )
    {
        var open = new List<(WorkOrder, ProvisioningTask, Resource?)>();
        foreach (var order in (await province.OrdersAsync(request)).Where(o => o.IsAtWork))
        {
            var tasks = await province.ReadAsync((t, c) => province.Get<ITaskStore>().OfOrderAsync(t, order.Id, c));
            foreach (var task in tasks.Where(t => t is { Kind: TaskKind.ByHand, IsEnded: false }))
            {
                var resource = task.Resource is { } id
                    ? await province.ReadAsync((t, c) => province.Get<IResourceStore>().FindAsync(t, id, c))
                    : null;
                open.Add((order, task, resource));
            }
        }

        return open;
    }

    /// <summary>The provider's people did all of it, truly.</summary>
    public static async Task AllByHandAsync(this Province province, RequestId request, string? statement = null)
    {
        foreach (var order in (await province.OpenAsync(request)).GroupBy(o => o.Order))
        {
            var words = order.Where(o => o.Resource is not null).Select(o => Word(o.Task, o.Resource!));
            var said = await province.SayAsync(order.Key.Id, [.. words], statement);
            Assert.True(said.IsDone, $"{said.Refusal} {string.Join("; ", said.Refusal?.Faults ?? [])}");
        }

        await province.DrainAsync();
    }

    public static Task<Result<WorkOrder>> SayAsync(
        this Province province,
        WorkOrderId order,
        IReadOnlyList<MadeByHand> words,
        string? statement = null
    ) => province.CompleteAsync(province.ProviderA, order, new("paper of the order", statement) { Resources = words });

    public static Task<Result<ProvisioningTask>> SayAsync(
        this Province province,
        ProvisioningTask task,
        MadeByHand word
    ) =>
        province.ChangeAsync(
            "task.complete",
            (t, c) => province.Get<CompleteTask>().ExecuteAsync(t, province.ProviderA, task.Id, word, c)
        );

    private static bool SaysSizes(ProvisioningTask task) =>
        task.Does
            is TaskKind.CreateServer
                or TaskKind.CreateVolume
                or TaskKind.CreateAddress
                or TaskKind.ResizeServer
                or TaskKind.ExtendVolume
                or TaskKind.SetBandwidth;
}
