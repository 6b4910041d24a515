using System.Net;

namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That public addresses come, are bound and change their bandwidth.</summary>
internal static class AddressChecks
{
    private const string Addresses = nameof(ICloudAdapter.Addresses);
    private const string Servers = nameof(ICloudAdapter.Servers);
    private const string Binding = nameof(ICloudAdapter.Binding);

    public static IReadOnlyList<ConformanceCheck> Delivery { get; } =
    [
        new(
            "addresses.come-up",
            "A16",
            new CheckText("弹性公网IP可申请", "a public address is allocated and shows itself"),
            async (run, token) =>
            {
                var address = (await run.Address.MakeAsync(token)).Address;
                ConformanceFailure.Unless(IPAddress.TryParse(address, out _), $"'{address}' is no address.");
            },
            Addresses
        ),
        new(
            "addresses.change-bandwidth",
            "A20",
            new CheckText("弹性公网IP带宽可调整", "the bandwidth of a public address is changed"),
            ChangeBandwidthAsync,
            Addresses
        ),
        new(
            "addresses.bind",
            "A16",
            new CheckText("弹性公网IP可绑定，重复绑定视为成功", "an address is bound; binding it again is success"),
            async (run, token) =>
            {
                var (address, server) = await run.Bound.MakeAsync(token);
                await run.Adapter.Binding!.BindAsync(address, server, token);
            },
            Addresses,
            Servers,
            Binding
        ),
        new(
            "addresses.bound-elsewhere-are-refused",
            "A16",
            new CheckText("已绑定的公网IP不可再绑定到另一台", "binding to a second server is refused as Conflict"),
            async (run, token) =>
            {
                var other = (await run.Second.GetAsync(token)).Id;
                var (address, _) = await run.Bound.GetAsync(token);
                await ConformanceFailure.UnlessFailsAsync(
                    FailureKind.Conflict,
                    "Binding an address that another server has",
                    () => run.Adapter.Binding!.BindAsync(address, other, token)
                );
            },
            Addresses,
            Servers,
            Binding
        ),
    ];

    /// <summary>Done after the inventory was looked at.</summary>
    public static IReadOnlyList<ConformanceCheck> Release { get; } =
    [
        new(
            "addresses.unbind",
            "A21a",
            new CheckText("弹性公网IP可解绑，重复解绑视为成功", "an address is unbound; unbinding it again is success"),
            async (run, token) =>
            {
                var (address, _) = await run.Bound.GetAsync(token);
                await run.Adapter.Binding!.UnbindAsync(address, token);
                await run.UntilBoundAsync(address, null, token);
                await run.Adapter.Binding!.UnbindAsync(address, token);
            },
            Addresses,
            Servers,
            Binding
        ),
    ];

    private static async Task ChangeBandwidthAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var address = await run.Address.GetAsync(cancellationToken);
        if (address.BandwidthMbps is not { } now)
        {
            throw new CheckSkipped("The cloud has no bandwidth per address.");
        }

        var wanted = now + 1;
        await run.Adapter.Addresses!.SetBandwidthAsync(address.Id, wanted, cancellationToken);
        await run.UntilAsync(
            () => $"address '{address.Id}' to have {wanted} Mbps",
            async () => (await run.Adapter.Addresses!.GetAsync(address.Id, cancellationToken)).BandwidthMbps == wanted,
            cancellationToken
        );
        await run.Adapter.Addresses!.SetBandwidthAsync(address.Id, wanted, cancellationToken);
    }
}
