using CloudManager.Adapters.Sdk;
using Refit;

namespace CloudManager.Adapters.OpenStack;

/// <summary>A microversion; 2.9 comes before 2.10.</summary>
internal readonly record struct Microversion(int Major, int Minor) : IComparable<Microversion>
{
    public int CompareTo(Microversion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => $"{Major}.{Minor}";

    public static bool operator <(Microversion left, Microversion right) => left.CompareTo(right) < 0;

    public static bool operator >(Microversion left, Microversion right) => left.CompareTo(right) > 0;

    public static bool operator <=(Microversion left, Microversion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Microversion left, Microversion right) => left.CompareTo(right) >= 0;

    public static Microversion? Parse(string? text)
    {
        var parts = (text ?? "").Split('.');
        return parts.Length == 2 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor)
            ? new Microversion(major, minor)
            : null;
    }
}

/// <summary>What a service speaks, and what of it is spoken with it.</summary>
internal sealed record SpokenVersion(Microversion Least, Microversion Most, Microversion Chosen);

/// <summary>Which versions are asked of a service.</summary>
/// <param name="Wanted">Spoken wherever the service knows it, so that newer releases all answer alike.</param>
/// <param name="Needed">Below this the adapter does not work.</param>
/// <param name="NeededFor">What needs it.</param>
internal sealed record VersionWish(Microversion Wanted, Microversion Needed, string NeededFor)
{
    /// <summary>Nova: tags at create since 2.52, sizes within servers since 2.47, cells that are down named since 2.69 (Stein).</summary>
    public static VersionWish Nova { get; } =
        new(new Microversion(2, 69), new Microversion(2, 52), "operation keys as server tags at creation");

    /// <summary>Cinder: growing attached volumes since 3.42, found by metadata since 3.0. Queens ends at 3.50.</summary>
    public static VersionWish Cinder { get; } =
        new(new Microversion(3, 50), new Microversion(3, 0), "the block storage API v3");

    /// <summary>The version to speak.</summary>
    /// <exception cref="AdapterException">The service is too old.</exception>
    public SpokenVersion Choose(string service, Microversion least, Microversion most)
    {
        if (most < Needed)
        {
            throw new AdapterException(
                FailureKind.Unsupported,
                $"{service} is too old: it speaks up to {most}, needed is {Needed} for {NeededFor}; "
                    + "releases from Queens on have it."
            );
        }

        var chosen = most < Wanted ? most : Wanted;
        return new SpokenVersion(least, most, chosen < least ? least : chosen);
    }
}

/// <summary>Asks Nova or Cinder which versions they speak: https://docs.openstack.org/api-ref/compute/#list-all-api-versions</summary>
internal interface IVersionApi
{
    [Get("/")]
    Task<VersionAnswer> GetAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Nova answers one version, Cinder a list: https://docs.openstack.org/api-ref/compute/#show-details-of-specific-api-version,
/// https://docs.openstack.org/api-ref/block-storage/v3/#show-api-v3-details
/// </summary>
internal sealed record VersionAnswer(VersionBody? Version, IReadOnlyList<VersionBody>? Versions);

internal sealed record VersionBody(string Id, string? Version, string? MinVersion);
