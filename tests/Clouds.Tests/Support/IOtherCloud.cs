using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>A cloud that stands behind a pool of the demonstration instead of the mock.</summary>
internal interface IOtherCloud : IAsyncDisposable
{
    /// <summary>Puts adapter, settings and mapping into the pool's declaration; secrets go to files of the folder.</summary>
    /// <returns>What else the file needs at its top, by member; none as a rule.</returns>
    IReadOnlyDictionary<string, JsonNode> Declare(JsonObject pool, string folder);

    /// <summary>The host that uses it has started.</summary>
    Task ConnectAsync(HostProcess host) => Task.CompletedTask;

    /// <summary>Servers that exist in it now.</summary>
    Task<int> CountServersAsync();
}
