using CloudManager.Adapters.Sdk;

namespace AcmeCloud.Adapter;

/// <summary>Servers (云服务器).</summary>
internal sealed class AcmeCloudServers : IServerService
{
    /// <summary>Puts the key on the cloud's side with the create; the second call with a key answers the first one's server.</summary>
    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        throw AcmeCloudErrors.NotWritten("Creating a server");

    /// <summary>Null where the cloud shows no server under the key.</summary>
    public Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        throw AcmeCloudErrors.NotWritten("Finding a server by its key");

    /// <summary>NotFound where it is gone.</summary>
    public Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        throw AcmeCloudErrors.NotWritten("Looking at a server");

    /// <summary>One that is gone is success.</summary>
    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        throw AcmeCloudErrors.NotWritten("Deleting a server");
}
