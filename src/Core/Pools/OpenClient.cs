namespace CloudManager.Core.Pools;

/// <summary>
/// An upper installation (上级平台) that may use one pool of this one through the open interface (开放接口, art. 16).
/// </summary>
/// <param name="Name">Its name, as adapters.json gives it; what was made for it bears it for ever.</param>
/// <param name="Pool">The one pool it reaches.</param>
/// <param name="KeyHash">SHA-256 of the key it calls with, in lower-case hexadecimal; the key itself is not kept.</param>
public sealed record OpenClient(string Name, PoolId Pool, string KeyHash);
