using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CloudManager.Core.Pools;

/// <summary>
/// What a report of a pool holds for: its adapter, for a plug-in by its build, its settings, secrets as the
/// references they are declared with, and its mapping.
/// Limits are left out: they change how hard the pool is pressed, not what it does.
/// </summary>
public static class PoolDigest
{
    /// <summary>The SHA-256 of all of it, in hexadecimal.</summary>
    public static string Of(Pool pool)
    {
        var settings =
            pool.Settings.ValueKind == JsonValueKind.Undefined ? "{}" : JsonSerializer.Serialize(pool.Settings);
        var adapter = pool.Build is { } build ? $"{pool.Adapter} {build}" : pool.Adapter;
        var text = $"{adapter}\n{settings}\n{JsonSerializer.Serialize(pool.Mapping)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
