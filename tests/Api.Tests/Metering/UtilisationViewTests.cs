using System.Text.Json;
using CloudManager.Api.Metering;
using CloudManager.Api.Web;
using CloudManager.Core.Metering;

namespace CloudManager.Api.Tests.Metering;

public sealed class UtilisationViewTests
{
    private static readonly JsonSerializerOptions Rules = JsonRules.Create();

    [Fact]
    public void A_row_reads_as_it_was_measured_and_null_where_nobody_did()
    {
        var row = new UtilisationRow
        {
            Resource = new(42),
            System = "hr-portal",
            Tenant = "tenant-a",
            Pool = new("mock-a"),
            Resources = 1,
            LeftOut = 0,
            Vcpus = 4,
            MemoryGiB = 8,
            Window = (new(2026, 10, 1), new(2026, 11, 1)),
            Cpu = new(6.5, Measured.Widen(6.763f), Measured.Widen(118.51f), 1)
            {
                P99 = 99,
                HoursAbove = 1.5,
                HoursBelow = 0,
                Measured = 288,
            },
            Memory = new(null, null, null, 0),
            Disk = new(1, 2, 3, 0.25),
        };

        Assert.Equal(
            """
            {"resource":"res-000042","system":"hr-portal","tenant":"tenant-a","pool":"mock-a","resources":1,"leftOut":0,
            "leftOutVcpus":0,"vcpus":4,"memoryGiB":8,
            "window":{"from":"2026-10-01","until":"2026-11-01"},
            "cpu":{"mean":6.5,"p95":6.763,"max":118.51,"coverage":1,"p99":99,"hoursAbove":1.5,"hoursBelow":0,"measured":288},
            "memory":{"mean":null,"p95":null,"max":null,"coverage":0,"p99":null,"hoursAbove":null,"hoursBelow":null,"measured":0},
            "disk":{"mean":1,"p95":2,"max":3,"coverage":0.25,"p99":null,"hoursAbove":null,"hoursBelow":null,"measured":0}}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(UtilisationView.Of(row), Rules)
        );
    }
}
