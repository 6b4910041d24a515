using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Core.Requests;

namespace CloudManager.Documents.Tests;

/// <summary>A month of a province with 3 pools and many tenants with long names, one pool silent.</summary>
public static class Sample
{
    private static readonly string[] Offices =
    [
        "省人力资源和社会保障厅社会保险经办服务与基金监督管理局",
        "省交通运输厅公路与铁路建设办公室（省高速公路管理中心）",
        "省自然资源厅不动产登记与国土空间规划信息中心",
        "省生态环境厅生态环境监测与应急指挥中心",
        "省卫生健康委员会全民健康信息统计与医学情报研究所",
        "省市场监督管理局企业信用信息公示与反垄断执法保障中心",
    ];

    public static MonthlyReport Report(int tenants = 30) =>
        new()
        {
            Id = "monthly-2026-09",
            Kind = ReportKind.Monthly,
            Period = "2026-09",
            From = new(2026, 9, 1),
            Until = new(2026, 10, 1),
            CreatedAt = new DateTimeOffset(2026, 10, 1, 3, 0, 0, China.Offset),
            Province = "湖南省",
            Installation = "ab12cd34",
            Pools =
            [
                Pool("mock-a", "新增云资源池甲", Said(51_200, 38_412), Use(23.4567, 61.25)),
                Pool("mock-b", "存量政务云乙", Said(12_000, 11_990), Use(71.2, 188.5)),
                Silent(),
            ],
            Ranking = new(Ranked(tenants, isSystem: false), Ranked(tenants, isSystem: true)),
            Requests = Requests(),
            Changes = Changes(),
            Cost = Costs(tenants),
            Notes =
            [
                ("缺测不计为零。", "What was not measured is not zero."),
                ("资源池 mock-c 无容量数据。", "No capacity."),
            ],
        };

    public static PoolFigures Pool(string id, string name, CapacityFigures? capacity, UseFigures? use) =>
        new()
        {
            Pool = id,
            Name = name,
            Provider = new("provider-a", "示例云服务商甲"),
            Region = new("430000", "湖南省"),
            Kind = "new",
            Capacity = capacity,
            CapacityMissing = capacity is null ? ("资源池未应答", "the pool did not answer") : null,
            Servers = 1234,
            Use = use,
        };

    public static UseFigures Use(double? mean, double? p95)
    {
        var metric = new MetricFigures(mean, p95, p95 * 1.2, mean is null ? 0 : 0.9876);
        return new(120, 3, metric, metric with { Mean = mean / 2 }, new MetricFigures(null, null, null, 0));
    }

    public static string TenantName(int i) => $"{Offices[i % Offices.Length]}第{i + 1}处";

    private static CapacityFigures Said(long total, long used) =>
        new(new(total, used), new(total * 4, used * 3), new(total * 100, null));

    private static PoolFigures Silent() =>
        Pool("mock-c", "长沙市政务云", null, null) with
        {
            Kind = "municipal",
            Region = new("430100", "长沙市"),
            Servers = 0,
        };

    private static Ranking Ranked(int tenants, bool isSystem)
    {
        var rows = Enumerable
            .Range(0, tenants)
            .Select(i => new RankedUse(
                isSystem ? $"sys-{i:D2}" : $"tenant-{i:D2}",
                isSystem ? $"{TenantName(i)}业务办理与数据共享交换综合管理系统" : TenantName(i),
                isSystem ? new($"tenant-{i:D2}", TenantName(i)) : null,
                Use(80 - i, 95 - i)
            ))
            .ToList();
        var thin = rows.TakeLast(3).Select(r => r with { Use = Use(null, null) });
        return new([.. rows.Take(10)], [.. rows.AsEnumerable().Reverse().Skip(3).Take(10)], [.. thin]);
    }

    private static RequestFigures Requests()
    {
        var due = new DateTimeOffset(2026, 9, 14, 23, 59, 59, China.Offset);
        var tenant = new Named("tenant-01", TenantName(1));
        return new RequestFigures(
            [
                new()
                {
                    Type = RequestType.Provision,
                    Submitted = 48,
                    Accepted = 45,
                    NotAccepted = 3,
                    Approved = 40,
                    Rejected = 2,
                    Delivered = 31,
                    Confirmed = 29,
                    Withdrawn = 1,
                    Expired = 1,
                },
            ],
            [
                Step(Deadlines.Accept, Party.Authority, 45, 2),
                Step(Deadlines.Review, Party.Authority, 40, 0),
                Step(Deadlines.Report, Party.Tenant, 20, 4),
                Step(Deadlines.Grace, Party.Tenant, 3, 1),
                Step(Deadlines.Confirm, Party.Tenant, 29, 7),
            ],
            [
                new("req-000012", Deadlines.Accept, Party.Authority, tenant, due, due.AddDays(2)),
                new("req-000031", Deadlines.Confirm, Party.Tenant, tenant, due, null),
            ]
        );
    }

    private static DeadlineCounts Step(string step, Party responsible, long kept, long missed) =>
        new()
        {
            Step = step,
            Responsible = responsible,
            Kept = kept,
            Missed = missed,
            TakenLate = 1,
            FellAway = 0,
            Running = 5,
            Overdue = missed,
        };

    private static ChangeFigures Changes()
    {
        var a = new ChangeCount(new(120, 480, 1_920, 24_000), new(30, 90, 360, 5_000), 4);
        var b = new ChangeCount(SizeFigures.None, new(12, 48, 96, 1_000), 0);
        return new(a.Plus(b), [new("mock-a", a), new("mock-b", b)]);
    }

    private static CostFigures Costs(int tenants)
    {
        var rows = Enumerable
            .Range(0, tenants)
            .Select(i => new CostOf(
                $"tenant-{i:D2}",
                TenantName(i),
                new CostSum(1_234_567.89m / (i + 1), i == 4 ? -400_000.5m : 0, i == 2 ? -100 : 0)
            ))
            .Select(c => c with { Sum = c.Sum with { Usage = decimal.Round(c.Sum.Usage, 2) } })
            .ToList();
        var total = rows.Aggregate(CostSum.None, (sum, row) => sum.Plus(row.Sum));
        return new CostFigures(tenants, total, rows, [new("provider-a", "示例云服务商甲", total)]);
    }
}
