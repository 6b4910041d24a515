using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Manual;

/// <summary>
/// A pool whose provider offers no interface (人工办理资源池, art. 16): its people do what is ordered and say what they
/// made. There is nothing to reach, so the check always succeeds.
/// </summary>
internal sealed class ManualAdapter(ManualSettings settings) : ICloudAdapter
{
    private const string Done = "由云服务商人工办理 / done by the provider's people";
    private const string Handed = "由云服务商按清单报送 / handed in by the provider as a file";

    private static readonly IReadOnlyList<CapabilityNote> Notes =
    [
        new("servers", Done),
        new("power", Done),
        new("resizing", Done),
        new("volumes", Done),
        new("attachment", Done),
        new("networks", Done),
        new("addresses", Done),
        new("bandwidth", Done),
        new("binding", Done),
        new("inventory", Handed),
        new("usage", Handed),
        new("snapshots", "无接口，不提供云硬盘快照 / there is no interface, so no snapshots"),
        new("console", "无接口，请向云服务商申请现场或堡垒机访问 / there is no interface; ask the provider for access"),
        new("capacity", "无接口，容量以云服务商书面报告为准 / there is no interface; the provider reports it on paper"),
        new("changes", "无接口 / there is no interface"),
    ];

    public AdapterInfo Info { get; } =
        new(ManualAdapterFactory.Name, "", settings.Limits)
        {
            Notes = settings.Offers is null
                ?
                [
                    .. Notes,
                    new("offerings", "未声明规格与镜像，由云服务商人工确认 / none declared; its people decide"),
                ]
                : Notes,
            ByHand = true,
        };

    public IOfferings? Offerings { get; } = settings.Offers is { } offers ? new DeclaredOfferings(offers) : null;

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
