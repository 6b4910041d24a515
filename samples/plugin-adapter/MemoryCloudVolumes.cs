using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>Block volumes (云硬盘) and attaching them.</summary>
internal sealed class MemoryCloudVolumes(Rack rack) : IVolumeService, IVolumeAttachment
{
    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        rack.Do(it => Find(it, key) ?? Make(it, spec, key), cancellationToken);

    public Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        rack.Do(it => Find(it, key), cancellationToken);

    public Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(it => it.Volume(id), cancellationToken);

    public Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken) =>
        rack.Do(
            it =>
                it.Volume(id) is var volume && volume.SizeGiB > sizeGiB
                    ? throw MemoryCloudErrors.Invalid("A volume never shrinks.")
                    : it.Put(volume with { SizeGiB = Bounded(sizeGiB) }),
            cancellationToken
        );

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(
            it =>
                Array.Find(it.Volumes(), volume => volume.Id == id) is { AttachedTo: not null }
                    ? throw MemoryCloudErrors.Conflict("The volume is attached.")
                    : it.RemoveVolume(id),
            cancellationToken
        );

    public Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken) =>
        rack.Do(
            it =>
            {
                var holder = it.Server(server).Id;
                return it.Volume(volume) is var found && (found.AttachedTo ?? holder) != holder
                    ? throw MemoryCloudErrors.Conflict("Another server holds the volume.")
                    : it.Put(found with { AttachedTo = holder });
            },
            cancellationToken
        );

    public Task DetachAsync(NativeId volume, CancellationToken cancellationToken) =>
        rack.Do(it => it.Put(it.Volume(volume) with { AttachedTo = null }), cancellationToken);

    private static CloudVolume? Find(Rack rack, OperationKey key) =>
        Array.Find(rack.Volumes(), volume => volume.Key == key);

    private static CloudVolume Make(Rack rack, VolumeSpec spec, OperationKey key) =>
        spec.Type is { } type && !Rack.VolumeTypes.Contains(type)
            ? throw MemoryCloudErrors.Invalid($"There is no volume type '{type}'.")
            : rack.Put(
                new CloudVolume
                {
                    Id = rack.NextId("volume"),
                    Name = spec.Name,
                    State = CloudState.Active,
                    SizeGiB = Bounded(spec.SizeGiB),
                    Type = spec.Type,
                    Key = key,
                }
            );

    private static int Bounded(int sizeGiB) =>
        sizeGiB <= Rack.LargestVolumeGiB
            ? sizeGiB
            : throw MemoryCloudErrors.Invalid($"A volume has at most {Rack.LargestVolumeGiB} GiB.");
}
