using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>What this cloud does less well than the contract allows, or not at all, and why.</summary>
internal static class AwsNotes
{
    public const string NoBandwidth =
        "弹性公网IP没有独立带宽，订购的带宽不生效 / elastic addresses have no bandwidth of their own; the ordered one is not enforced";

    public static IReadOnlyList<CapabilityNote> Of(AwsSettings settings)
    {
        List<CapabilityNote> notes =
        [
            new("addresses", NoBandwidth),
            new(
                "changes",
                "EC2 没有按时间查询变更的接口，以全量盘点为准 / EC2 has no call for what changed since an instant; the full inventory is read"
            ),
            new(
                "console",
                "EC2 只提供截图和凭密钥的串口，没有浏览器可打开的控制台地址 / EC2 gives screenshots and a serial line by key, and no address that a browser opens"
            ),
            new(
                "capacity",
                "账号可见的只有配额，没有区域余量，且 vCPU 配额不在 EC2 接口中 / an account is not told what its region has left, and quotas of vCPU are not in the EC2 API"
            ),
        ];
        if (!settings.InternetGateway)
        {
            notes.Add(
                new(
                    "networks",
                    "新建网络没有互联网出口（未设 internetGateway） / networks get no way out: settings.internetGateway is not set"
                )
            );
        }

        notes.Add(Usage(settings));
        return notes;
    }

    private static CapabilityNote Usage(AwsSettings settings) =>
        settings.Monitoring is not null
            ? new(
                "usage",
                "内存和磁盘使用率须在云服务器内安装 CloudWatch agent，并按 InstanceId 汇聚 / memory and disk need the CloudWatch agent in the server, aggregated by InstanceId"
            )
        : settings.ReadsMetrics
            ? new(
                "usage",
                "未设 monitoringEndpoint，不向他处发送凭据 / settings.endpoint is set and settings.monitoringEndpoint is not"
            )
        : new("usage", "设置中关闭了监控数据 / settings.metrics is none");
}
