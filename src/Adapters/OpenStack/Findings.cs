using CloudManager.Adapters.OpenStack.Placement;
using CloudManager.Adapters.OpenStack.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>What this cloud was found to be when it was connected to.</summary>
/// <param name="Version">Release and microversions.</param>
/// <param name="Notes">What it does less well than the contract allows.</param>
/// <param name="HasVolumes">Whether there is block storage.</param>
/// <param name="HasMetering">Whether there are measures to read.</param>
internal sealed record Findings(string Version, IReadOnlyList<CapabilityNote> Notes, bool HasVolumes, bool HasMetering)
{
    /// <summary>Looks at releases, services and rights.</summary>
    public static async Task<Findings> LookAsync(
        CloudDoor door,
        OpenStackSettings settings,
        HostCapacity hosts,
        CancellationToken token
    )
    {
        var nova = (await door.VersionAsync(CloudServices.Compute, token))!;
        var notes = new List<CapabilityNote>();
        var cinder = await VolumesAsync(door, notes, token);
        if (nova.Most < VersionWish.Nova.Wanted)
        {
            notes.Add(
                new CapabilityNote(
                    "inventory",
                    $"this Nova ({nova.Most}, before Stein) does not say when a cell is down: a listing may then be short"
                )
            );
        }

        notes.AddRange(Addresses(settings));
        if (await hosts.RefusalAsync(token) is { } refusal)
        {
            notes.Add(new CapabilityNote("capacity", $"the project's quota, not the hosts' capacity: {refusal}"));
        }

        var hasMetering = await door.HasAsync(CloudServices.Metric, token);
        if (!hasMetering)
        {
            notes.Add(
                new CapabilityNote(
                    "usage",
                    $"the catalogue of region '{settings.Region}' has no {settings.Interface} address of a metric "
                        + "service (Gnocchi)"
                )
            );
        }

        var spoken = cinder is null ? "" : $", Cinder {cinder.Most}";
        return new Findings(
            $"{Releases.NameOf(nova.Most)} (Nova {nova.Most}{spoken})",
            notes,
            cinder is not null,
            hasMetering
        );
    }

    private static async Task<SpokenVersion?> VolumesAsync(
        CloudDoor door,
        List<CapabilityNote> notes,
        CancellationToken token
    )
    {
        if (!await door.HasAsync(CloudServices.Volume, token))
        {
            foreach (var capability in new[] { "volumes", "attachment", "snapshots" })
            {
                notes.Add(new CapabilityNote(capability, "the catalogue has no block storage service (Cinder v3)"));
            }

            return null;
        }

        var cinder = (await door.VersionAsync(CloudServices.Volume, token))!;
        if (cinder.Chosen < Cinder.ExtendsAttached)
        {
            notes.Add(
                new CapabilityNote(
                    "volumes",
                    $"this Cinder ({cinder.Most}) grows no attached volumes; it needs {Cinder.ExtendsAttached}"
                )
            );
        }

        return cinder;
    }

    private static IEnumerable<CapabilityNote> Addresses(OpenStackSettings settings)
    {
        if (settings.ExternalNetwork is null)
        {
            const string Reason = "settings.externalNetwork is not set";
            yield return new CapabilityNote("addresses", Reason);
            yield return new CapabilityNote("binding", Reason);
            yield return new CapabilityNote("networks", $"networks get no way out: {Reason}");
        }
        else
        {
            yield return new CapabilityNote(
                "addresses",
                "floating addresses carry no bandwidth of their own here; the ordered one is not enforced"
            );
        }
    }
}
