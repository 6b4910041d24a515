using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Storage.Tests.Support;

/// <summary>Things for the books, with every member filled.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Due = new(2026, 10, 9, 23, 59, 59, China.Offset);

    public static ServiceRequest Request(long number) =>
        new()
        {
            Id = new(number),
            Type = RequestType.Provision,
            State = RequestState.Submitted,
            Tenant = "tenant-a",
            Region = "430000",
            System = "hr-portal",
            Reason = "扩容 “引号” ' \" \\ 😀",
            Lines =
            [
                Line(1),
                Line(2) with
                {
                    Item = "vol-ssd",
                    Kind = ItemKind.Volume,
                    Spec = new() { SizeGiB = 100 },
                },
            ],
            Order = OrderStanding.Issued,
            Disputed = true,
            TestSummary = "通过",
            CompletedOn = new DateOnly(2026, 10, 12),
            ProposedCompletion = new DateOnly(2026, 10, 11),
            CreatedAt = OpenBooks.Start.ToUniversalTime(),
            Version = 3,
            Deadlines = [new Deadline("accept", OpenBooks.Start.ToUniversalTime(), Due.ToUniversalTime(), null)],
            History = [Entry(RequestAction.Submit, "tenant-a", null)],
        };

    public static RequestLine Line(int no) =>
        new()
        {
            No = no,
            Item = "ecs-general",
            Kind = ItemKind.Server,
            Quantity = 2,
            Pool = new("mock-a"),
            Provider = "provider-a",
            Spec = new Spec
            {
                Vcpus = 4,
                MemoryGiB = 8,
                Image = "kylin-v10-x86",
                Network = 1,
            },
        };

    public static HistoryEntry Entry(RequestAction action, string by, string? opinion) =>
        new(OpenBooks.Start.ToUniversalTime(), by, by == "platform" ? null : by, action, opinion);

    public static WorkOrder Order(long number, long request = 1) =>
        new()
        {
            Id = new(number),
            Kind = WorkOrderKind.Test,
            State = WorkOrderState.Issued,
            Request = new(request),
            Tenant = "tenant-a",
            System = "hr-portal",
            Region = "430000",
            Pool = new("mock-a"),
            Provider = "provider-a",
            Lines = [Line(1)],
            IssuedAt = OpenBooks.Start.ToUniversalTime(),
            IssuedBy = "technical",
        };

    public static Resource Resource(long number, long order = 1, long request = 1) =>
        new()
        {
            Id = new(number),
            Kind = ItemKind.Server,
            Tenant = "tenant-a",
            System = "hr-portal",
            Region = "430000",
            Pool = new("mock-a"),
            Provider = "provider-a",
            Item = "ecs-general",
            Spec = Line(1).Spec.Alone,
            State = ResourceState.Provisioning,
            Request = new(request),
            Line = 1,
            WorkOrder = new(order),
            CreatedAt = OpenBooks.Start.ToUniversalTime(),
        };

    public static ProvisioningTask Task(long number, DateTimeOffset nextAt, params long[] after) =>
        new()
        {
            Id = new(number),
            WorkOrder = new(1),
            Pool = new("mock-a"),
            Kind = TaskKind.CreateServer,
            Resource = new ResourceId(1),
            State = after.Length == 0 ? TaskState.Ready : TaskState.Waiting,
            After = [.. after.Select(a => new TaskId(a))],
            Blockers = after.Length,
            Key = new OperationKey($"key-{number}"),
            Wanted = new Spec { Vcpus = 8, MemoryGiB = 16 },
            NextAt = nextAt,
        };
}
