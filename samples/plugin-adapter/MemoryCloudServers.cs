using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>Servers (云服务器), switching them on and off, and their sizes.</summary>
internal sealed class MemoryCloudServers(Rack rack) : IServerService, IServerPower, IServerResizing
{
    /// <summary>Looking for the key and making the server are one step, so two calls at once make one server.</summary>
    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        rack.Do(it => Find(it, key) ?? Make(it, spec, key), cancellationToken);

    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        rack.Do(it => Find(it, key), cancellationToken);

    public Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(it => it.Server(id), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(
            it =>
            {
                foreach (var volume in it.Volumes().Where(volume => volume.AttachedTo == id))
                {
                    it.Put(volume with { AttachedTo = null });
                }

                foreach (var address in it.Addresses().Where(address => address.BoundTo == id))
                {
                    it.Put(address with { BoundTo = null });
                }

                return it.RemoveServer(id);
            },
            cancellationToken
        );

    public Task StartAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(it => it.Put(it.Server(id) with { State = CloudState.Active }), cancellationToken);

    public Task StopAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(it => it.Put(it.Server(id) with { State = CloudState.Stopped }), cancellationToken);

    public Task RebootAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(it => it.Server(id), cancellationToken);

    public Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken) =>
        rack.Do(it => Resize(it, it.Server(id), flavour), cancellationToken);

    private static CloudServer? Find(Rack rack, OperationKey key) =>
        Array.Find(rack.Servers(), server => server.Key == key);

    private static CloudServer Make(Rack rack, ServerSpec spec, OperationKey key)
    {
        if (!Rack.Images.Contains(spec.Image))
        {
            throw MemoryCloudErrors.Invalid($"There is no image '{spec.Image}'.");
        }

        var size = rack.SizeOf(spec.Flavour, given: 0);
        var id = rack.NextId("server");
        var number = int.Parse(id.Value.Split('-')[1]);
        return rack.Put(
            new CloudServer
            {
                Id = id,
                Name = spec.Name,
                State = CloudState.Active,
                Size = size,
                Flavour = spec.Flavour,
                Addresses = [$"10.0.{number / 256 % 256}.{number % 256}"],
                Key = key,
            }
        );
    }

    private static CloudServer Resize(Rack rack, CloudServer server, string flavour)
    {
        if (server.Flavour == flavour)
        {
            return server;
        }

        var size = rack.SizeOf(flavour, server.Size.Vcpus);
        return server.State == CloudState.Stopped
            ? rack.Put(server with { Flavour = flavour, Size = size })
            : throw MemoryCloudErrors.Conflict("The server must be stopped before its size changes.");
    }
}
