using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Core.Pools;

namespace CloudManager.Api.OpenInterface;

/// <summary>
/// This installation as a provider: the open interface (开放接口, art. 16) over one of its pools for each upper
/// installation that adapters.json names. Without one nothing is served.
/// </summary>
internal static class OpenInterfaceServices
{
    public static IServiceCollection AddOpenInterface(
        this IServiceCollection services,
        IReadOnlyList<OpenClient> clients
    ) => services.AddSingleton(clients).AddSingleton<ClientLedger>().AddSingleton<OpenDoor>().AddSingleton<Snapshots>();

    public static void MapOpenInterface(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IReadOnlyList<OpenClient>>().Count == 0)
        {
            return;
        }

        // Its own keys: nobody's session opens it, and its keys open nothing else.
        var api = app.MapGroup(OpenWire.Root).AllowAnonymous();
        var door = app.Services.GetRequiredService<OpenDoor>();
        OpenServersApi.Map(api, door);
        OpenVolumesApi.Map(api, door);
        OpenNetworksApi.Map(api, door);
        OpenWatchingApi.Map(api, door);
    }
}
