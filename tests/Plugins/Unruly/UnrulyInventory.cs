using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.TestPlugins;

/// <summary>Two pages of two servers, or as the mode says.</summary>
internal sealed class UnrulyInventory(string mode) : IInventory
{
    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        mode switch
        {
            "listNull" => null!,
            "listThrows" => throw new FormatException("token=hunter2"),
            "manyServers" => ManyAsync(),
            _ => PagesAsync(cancellationToken),
        };

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudVolume>();

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudNetwork>();

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudAddress>();

    private async IAsyncEnumerable<CloudServer> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Server(0);
        yield return Server(1);
        await Task.Delay(1, cancellationToken);
        switch (mode)
        {
            case "listBreaks":
                throw new FormatException("token=hunter2");
            case "listHangs":
                UnrulyFactory.Hang<int>();
                break;
            case "listNullItem":
                yield return null!;
                break;
        }

        yield return Server(2);
        yield return Server(3);
    }

    private static async IAsyncEnumerable<CloudServer> ManyAsync()
    {
        for (var page = 0; page < 100; page++)
        {
            await Task.Yield();
            for (var index = 0; index < 1000; index++)
            {
                yield return Server((page * 1000) + index);
            }
        }
    }

    private static CloudServer Server(int number) =>
        new()
        {
            Id = new NativeId($"srv-{number}"),
            Name = $"server-{number}",
            State = CloudState.Active,
            Size = new ServerSize(1, 1),
        };
}
