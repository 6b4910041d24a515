using System.Net;

namespace CloudManager.Adapters.Sdk.Testing.Checks;

/// <summary>That a server comes as ordered, can be switched, seen, and changed in size.</summary>
internal static class ServerChecks
{
    private const string Servers = nameof(ICloudAdapter.Servers);

    /// <summary>Made first.</summary>
    public static IReadOnlyList<ConformanceCheck> Delivery { get; } =
    [
        new(
            "servers.come-up",
            "A16",
            new CheckText("云服务器可创建并进入运行状态", "a server is created and comes up under the ordered name"),
            ComeUpAsync,
            Servers
        ),
        new(
            "servers.run-the-ordered-size",
            "A16",
            new CheckText("实际运行规格与订购一致", "the size that runs is the size that was ordered"),
            RunTheOrderedSizeAsync,
            Servers
        ),
        new(
            "servers.have-addresses",
            "A16",
            new CheckText("云服务器有内网地址", "a server that runs shows its private address"),
            HaveAddressesAsync,
            Servers
        ),
        new(
            "servers.open-their-console",
            "A36",
            new CheckText(
                "可打开云服务器控制台",
                "the console of a running server opens under an address for a browser"
            ),
            OpenTheirConsoleAsync,
            Servers,
            nameof(ICloudAdapter.Console)
        ),
    ];

    /// <summary>Done once nothing hangs on the server any more.</summary>
    public static IReadOnlyList<ConformanceCheck> Operation { get; } =
    [
        new(
            "servers.stop-and-start",
            "A16",
            new CheckText(
                "云服务器可关机、开机，重复操作视为成功",
                "a server is stopped and started; asking for what is so is success"
            ),
            StopAndStartAsync,
            Servers,
            nameof(ICloudAdapter.Power)
        ),
        new(
            "servers.reboot",
            "A16",
            new CheckText("云服务器可重启", "a server is rebooted and runs again"),
            RebootAsync,
            Servers,
            nameof(ICloudAdapter.Power)
        ),
        new(
            "servers.resize-is-reverted",
            "A20",
            new CheckText(
                "变更规格失败时可回退到原规格",
                "a resize that waits for confirmation is reverted to the old size"
            ),
            ResizeIsRevertedAsync,
            Servers,
            nameof(ICloudAdapter.Resizing)
        ),
        new(
            "servers.resize-is-confirmed",
            "A20",
            new CheckText(
                "云服务器可变更规格，变更中重复请求不产生影响",
                "a server is resized and keeps the new size; asking again meanwhile changes nothing"
            ),
            ResizeIsConfirmedAsync,
            Servers,
            nameof(ICloudAdapter.Resizing)
        ),
    ];

    private static async Task ComeUpAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var server = await run.First.MakeAsync(cancellationToken);
        ConformanceFailure.Unless(run.IsOurs(server.Name, null), $"The server came up as '{server.Name}'.");
        ConformanceFailure.Unless(server.Fault is null, $"A running server shows the fault '{server.Fault}'.");
    }

    private static async Task RunTheOrderedSizeAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var server = await run.First.GetAsync(cancellationToken);
        ConformanceFailure.UnlessSame(run.Options.Size, server.Size, "The size of the server");
    }

    private static async Task HaveAddressesAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.First.GetAsync(cancellationToken)).Id;
        var seen = await run.ServerAsync(id, "given an address", it => it.Addresses.Count > 0, cancellationToken);
        var wrong = seen.Addresses.Where(address => !IPAddress.TryParse(address, out _)).ToList();
        ConformanceFailure.Unless(wrong.Count == 0, $"These are no addresses: {string.Join(", ", wrong)}.");
    }

    private static async Task OpenTheirConsoleAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.First.GetAsync(cancellationToken)).Id;
        try
        {
            var address = await run.Adapter.Console!.OpenAsync(id, cancellationToken);
            ConformanceFailure.Unless(
                address.IsAbsoluteUri && address.Scheme is "https" or "http",
                $"A browser cannot open '{address.Scheme}' addresses."
            );
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Unsupported)
        {
            throw new CheckSkipped($"The cloud has no screen for this server: {failure.Message}");
        }
    }

    private static async Task StopAndStartAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.First.GetAsync(cancellationToken)).Id;
        var power = run.Adapter.Power!;
        await power.StopAsync(id, cancellationToken);
        await run.ServerInAsync(id, [CloudState.Stopped], cancellationToken);
        await power.StopAsync(id, cancellationToken);
        await power.StartAsync(id, cancellationToken);
        await run.ServerInAsync(id, [CloudState.Active], cancellationToken);
        await power.StartAsync(id, cancellationToken);
    }

    private static async Task RebootAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var id = (await run.First.GetAsync(cancellationToken)).Id;
        await run.Adapter.Power!.RebootAsync(id, cancellationToken);
        await run.ServerInAsync(id, [CloudState.Active], cancellationToken);
    }

    private static async Task ResizeIsRevertedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var larger = Larger(run);
        var id = (await run.First.GetAsync(cancellationToken)).Id;
        var old = (await run.Adapter.Servers!.GetAsync(id, cancellationToken)).Size;
        var resized = await ResizeAsync(run, id, larger, cancellationToken);
        await run.Adapter.Resizing!.RevertAsync(id, cancellationToken);
        var wanted = resized.State == CloudState.Resized ? old : larger.Size;
        await SettledAsync(run, id, wanted, cancellationToken);
        await run.Adapter.Resizing!.RevertAsync(id, cancellationToken);
    }

    private static async Task ResizeIsConfirmedAsync(ConformanceRun run, CancellationToken cancellationToken)
    {
        var larger = Larger(run);
        var id = (await run.First.GetAsync(cancellationToken)).Id;
        var now = (await run.Adapter.Servers!.GetAsync(id, cancellationToken)).Size;
        var wanted = now == larger.Size ? new CloudFlavour(run.Options.Flavour, run.Options.Size) : larger;
        await ResizeAsync(run, id, wanted, cancellationToken);
        await run.Adapter.Resizing!.ConfirmAsync(id, cancellationToken);
        await SettledAsync(run, id, wanted.Size, cancellationToken);
        await run.Adapter.Resizing!.ConfirmAsync(id, cancellationToken);
    }

    /// <summary>Asks for the size, twice, and waits until the server has it.</summary>
    private static async Task<CloudServer> ResizeAsync(
        ConformanceRun run,
        NativeId id,
        CloudFlavour wanted,
        CancellationToken cancellationToken
    )
    {
        if (run.Adapter.Info.Limits.ResizeNeedsStop && run.Adapter.Power is { } power)
        {
            await power.StopAsync(id, cancellationToken);
            await run.ServerInAsync(id, [CloudState.Stopped], cancellationToken);
        }

        var resizing = run.Adapter.Resizing!;
        await resizing.ResizeAsync(id, wanted.Flavour, wanted.Size, cancellationToken);
        await resizing.ResizeAsync(id, wanted.Flavour, wanted.Size, cancellationToken);
        return await run.ServerAsync(
            id,
            $"resized to {wanted.Size}",
            it => it.State != CloudState.Pending && it.Size == wanted.Size,
            cancellationToken
        );
    }

    private static Task<CloudServer> SettledAsync(
        ConformanceRun run,
        NativeId id,
        ServerSize size,
        CancellationToken cancellationToken
    ) =>
        run.ServerAsync(
            id,
            $"settled at {size}",
            it => it.State is CloudState.Active or CloudState.Stopped && it.Size == size,
            cancellationToken
        );

    private static CloudFlavour Larger(ConformanceRun run) =>
        run.Options.Larger ?? throw new CheckSkipped("The pool's mapping has no larger size to go to.");
}
